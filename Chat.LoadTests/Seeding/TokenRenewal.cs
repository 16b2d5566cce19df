namespace Chat.LoadTests.Seeding;

/// <summary>
/// Renews access tokens before their end, in the background and spread out: each at a moment of its own between half and four
/// fifths of its life, a few at once. For 10,000 users that is about 26 refreshes a second, a load of its own.
/// </summary>
internal sealed class TokenRenewal : IAsyncDisposable
{
    private const double Earliest = 0.5;
    private const double Latest = 0.8;
    private const int AtOnce = 16;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private readonly SignIns _signIns;
    private readonly PriorityQueue<TestUser, DateTimeOffset> _due = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;
    private int _lapsed;

    private TokenRenewal(SignIns signIns, IEnumerable<TestUser> users)
    {
        _signIns = signIns;
        foreach (var user in users)
        {
            Schedule(user);
        }

        _loop = Task.Run(RunAsync);
    }

    /// <summary>Tokens that could not be renewed.</summary>
    public int Lapsed => Volatile.Read(ref _lapsed);

    /// <param name="signIns">Ends with this.</param>
    /// <param name="users">All signed in just now.</param>
    public static TokenRenewal Start(SignIns signIns, IEnumerable<TestUser> users) => new(signIns, users);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loop;
        _signIns.Dispose();
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = _ended.Token };
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                var due = TakeDue();
                await Parallel.ForEachAsync(due, options, async (user, cancellationToken) => await RenewAsync(user, cancellationToken));
                due.ForEach(Schedule);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private List<TestUser> TakeDue()
    {
        var due = new List<TestUser>();
        while (_due.TryPeek(out var user, out var at) && at <= DateTimeOffset.UtcNow)
        {
            due.Add(user);
            _due.Dequeue();
        }

        return due;
    }

    private async Task RenewAsync(TestUser user, CancellationToken cancellationToken)
    {
        try
        {
            await _signIns.RefreshAsync(user, cancellationToken);
        }
        catch (CannotRunException)
        {
            // A server that is down answers nobody; whoever uses the token then counts an error anyhow.
            Interlocked.Increment(ref _lapsed);
        }
    }

    private void Schedule(TestUser user)
    {
        var now = DateTimeOffset.UtcNow;
        var wait = (user.ExpiresAt - now) * (Earliest + (Random.Shared.NextDouble() * (Latest - Earliest)));
        _due.Enqueue(user, now + (wait > TimeSpan.Zero ? wait : AfterFailure));
    }
}
