using Chat.Data.Redis;
using StackExchange.Redis;

namespace Chat.Realtime;

/// <summary>Gives a sign of life often enough that this node is never forgotten while it runs and Redis does.</summary>
internal sealed partial class Heartbeat(NodeRegistry nodes, TimeProvider time, IConfiguration configuration, ILogger<Heartbeat> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = NodeRegistry.Lifetime / 5;

    /// <summary>As telemetry names this process; two on one machine differ.</summary>
    private readonly string _node = $"{configuration["OTEL_SERVICE_NAME"] ?? "realtime"}@{Environment.MachineName}:{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await nodes.SignOfLifeAsync(_node);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                LogNoSignOfLife(log, e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Redis could not be told that this node is alive: {Error}")]
    private static partial void LogNoSignOfLife(ILogger logger, string error);
}
