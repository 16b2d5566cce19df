using Chat.LoadTests.Results;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Companions;

/// <summary>Clients that connect and then read nothing of what they are sent, for a phase each.</summary>
/// <param name="users">Who is one, the first of them first: members of the room that is sent to, without a socket of their own.</param>
internal sealed class SilentClients(Preparation preparation, IReadOnlyList<TestUser> users) : ICompanion
{
    /// <summary>For so long a server may bear with them and meet the bar; twice that is waited.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly List<SilentSocket> _silent = [];

    public async Task BeginAsync(Phase phase, CancellationToken stop)
    {
        Release();
        var nodes = preparation.Stack.Realtime;
        for (var i = 0; i < phase.Silent; i++)
        {
            _silent.Add(await SilentSocket.ConnectAsync(new PushTarget(nodes[i % nodes.Count], users[i].AccessToken, i), stop));
        }
    }

    public async Task<PhaseResult> EndAsync(Phase phase, PhaseResult result)
    {
        if (phase.Silent == 0)
        {
            return result;
        }

        var isLongEnough = phase.Duration >= Bound;
        var closed = await Task.WhenAll(_silent.Select(socket => socket.ClosedAfterAsync(isLongEnough ? Bound * 2 : TimeSpan.Zero)));
        Release();
        return result with
        {
            Silent = new SilentResult(
                closed.Length, closed.Count(after => after is not null),
                closed.All(after => after is not null) ? Math.Round(closed.Max()!.Value.TotalSeconds, 2) : null),
        };
    }

    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }

    private void Release()
    {
        _silent.ForEach(socket => socket.Dispose());
        _silent.Clear();
    }
}
