using System.Diagnostics;

namespace Chat.Data.Redis;

/// <summary>
/// A client span around a Redis command, as OpenTelemetry's conventions for Redis name it. The client library has spans of
/// its own only in a version that cannot be had everywhere.
/// </summary>
public static class RedisSpan
{
    /// <summary>The source to listen to.</summary>
    public const string SourceName = "Chat.Redis";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>What belongs to no request, such as a sign of life, leaves no span.</summary>
    internal static async Task<T> RunAsync<T>(string command, Func<Task<T>> run)
    {
        using var span = Activity.Current is { } request ? Start(command, request.Context) : null;
        try
        {
            return await run();
        }
        catch (Exception e)
        {
            span?.SetTag("error.type", e.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <param name="parent">The span that it belongs to; default: the current one.</param>
    internal static Activity? Start(string command, ActivityContext parent) => Source.StartActivity(command, ActivityKind.Client, parent)
        ?.SetTag("db.system.name", "redis").SetTag("db.operation.name", command);
}
