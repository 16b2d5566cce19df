using Chat.Data.Redis;
using StackExchange.Redis;

namespace Chat.Api.Limits;

/// <summary>
/// How many replicas of the API there are, this one included, as Redis knew last: while it is away each keeps to its share of the limits. Gives signs
/// of life to the others.
/// </summary>
internal sealed partial class Replicas(NodeRegistry nodes, TimeProvider time, IConfiguration configuration, ILogger<Replicas> log) : BackgroundService
{
    private static readonly TimeSpan Interval = NodeRegistry.Lifetime / 5;

    /// <summary>How often a process that has just started looks, for it and the others that start with it know of nobody yet.</summary>
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);

    private const int FirstLooks = 10;

    private readonly string _node = $"{configuration["OTEL_SERVICE_NAME"] ?? "api"}@{Environment.MachineName}:{Environment.ProcessId}";
    private volatile int _count = 1;
    private int _before = 1;

    public int Count => _count;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FirstInterval, time);
        var looks = 0;
        do
        {
            timer.Period = ++looks > FirstLooks ? Interval : FirstInterval;
            try
            {
                await nodes.SignOfLifeAsync(_node, NodeKind.Api);
                Saw((await nodes.ListAsync(NodeKind.Api)).Count);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                LogNotCounted(log, e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A Redis that has just come back knows nobody until they have given signs of life again: fewer are believed at the second time.</summary>
    private void Saw(int count)
    {
        _count = Math.Max(1, count < _count && count != _before ? _count : count);
        _before = count;
    }

    [LoggerMessage(LogLevel.Warning, "The API's replicas could not be counted: {Error}")]
    private static partial void LogNotCounted(ILogger logger, string error);
}
