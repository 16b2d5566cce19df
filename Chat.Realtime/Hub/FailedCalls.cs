using Microsoft.AspNetCore.SignalR;

namespace Chat.Realtime.Hub;

/// <summary>
/// Logs calls that failed by a fault of ours. The framework's own log of failed calls is off: it would write a stack trace for each call that
/// is refused, as often as a client likes.
/// </summary>
internal sealed partial class FailedCalls(ILogger<FailedCalls> log) : IHubFilter
{
    /// <summary>Whose log this one stands in for.</summary>
    public const string Framework = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception e) when (e is not (HubException or OperationCanceledException))
        {
            LogFailed(log, invocationContext.HubMethodName, e);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "The call {Method} of a client failed")]
    private static partial void LogFailed(ILogger logger, string method, Exception exception);
}
