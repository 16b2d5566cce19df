using Chat.Contracts.Events;
using Chat.Data.Memberships;
using Chat.Realtime.Hub;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Realtime.FanOut;

/// <summary>
/// Tells clients of what never came: now and then it compares, for all that somebody here listens to, the database's heads with what was
/// forwarded. Where the database is still ahead a moment later, the push was lost, whoever lost it, and the clients are told the head.
/// </summary>
internal sealed partial class HeadsCheck(
    Audience audience, NpgsqlDataSource database, RedisWatch redis, Arrivals arrivals, IOptions<RealtimeOptions> options, TimeProvider time,
    ILogger<HeadsCheck> log) : BackgroundService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>How long an event may be on its way from its commit to here.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _soon = new(0, 1);

    /// <summary>Something may have been missed just now.</summary>
    public void Soon()
    {
        lock (_soon)
        {
            if (_soon.CurrentCount == 0)
            {
                _soon.Release();
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.Changed += (_, _) => Soon();
        while (!stoppingToken.IsCancellationRequested)
        {
            var every = redis.IsDegraded ? options.Value.HeadsEveryWhenDegraded : options.Value.HeadsEvery;
            await _soon.WaitAsync(every * (0.9 + (0.2 * Random.Shared.NextDouble())), stoppingToken);
            try
            {
                await CompareAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException && !stoppingToken.IsCancellationRequested)
            {
                LogNotRead(log, e.GetType().Name);
            }
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var (conversations, users) = audience.Forwarded();
        var (aheadConversations, aheadUsers) = (new List<Head>(), new List<Head>());
        for (var from = 0; from < Math.Max(conversations.Count, users.Count); from += ReadHeads.MaxStreams)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Timeout);
            var (newerConversations, newerUsers) = await ReadHeads.NewerAsync(
                database, [.. conversations.Skip(from).Take(ReadHeads.MaxStreams)], [.. users.Skip(from).Take(ReadHeads.MaxStreams)], limit.Token);
            aheadConversations.AddRange(newerConversations);
            aheadUsers.AddRange(newerUsers);
        }

        if (aheadConversations.Count + aheadUsers.Count > 0)
        {
            await Task.Delay(OnTheWay, time, cancellationToken);
            Tell(aheadConversations, aheadUsers);
        }
    }

    private void Tell(List<Head> conversations, List<Head> users)
    {
        var told = audience.Reached(conversations, users);
        var within = Math.Max(arrivals.CatchUpWithin, Arrivals.CatchUpOf(told.Count));
        foreach (var (to, heads, ownRev) in told)
        {
            foreach (var some in heads.Chunk(Ready.MaxHeads).DefaultIfEmpty([]))
            {
                var frame = HubFrame.Invoke("heads", new NewHeads(some.ToDictionary(), ownRev, within), ConnectionJson.Default.NewHeads);
                Array.ForEach(to, connection => connection.Send(frame));
            }
        }

        RealtimeMetrics.Healed(conversations.Count);
    }

    [LoggerMessage(LogLevel.Warning, "Heads could not be read and will be later: {Error}")]
    private static partial void LogNotRead(ILogger logger, string error);
}
