using System.Runtime.CompilerServices;
using Chat.LoadTests.Limits.Bare;
using Chat.LoadTests.Limits.Postgres;
using Chat.LoadTests.Limits.Redis;

namespace Chat.LoadTests.Limits;

/// <summary>All the limits there are.</summary>
internal static class KnownLimits
{
    public const string BareEndpoint = "bare-endpoint";
    public const string BareHub = "bare-hub";
    public const string BareHubFlooded = "bare-hub-flooded";
    public const string Pgbench = "pgbench";
    public const string PgbenchOneTrip = "pgbench-one-trip";
    public const string RedisPublish = "redis-publish";
    public const string FileCopy = "file-copy";

    public static IReadOnlyList<ILimit> All { get; } =
    [
        new BareEndpoint(), new BareHub(BareHub, together: 1), new BareHub(BareHubFlooded, together: 100),
        new Pgbench(), new Pgbench(oneTrip: true), new RedisPublish(), new FileCopy(),
    ];

    /// <summary>Measures those, one after another, so that none takes the machine from the next.</summary>
    /// <exception cref="ArgumentException">One of the names is unknown.</exception>
    public static async IAsyncEnumerable<LimitResult> MeasureAsync(
        IEnumerable<string> names, LimitContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var limit in names.Select(Named).ToArray())
        {
            yield return await limit.MeasureAsync(context, cancellationToken);
        }
    }

    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ILimit Named(string name) =>
        All.SingleOrDefault(limit => limit.Name == name) ?? throw new ArgumentException($"There is no limit called {name}.");
}
