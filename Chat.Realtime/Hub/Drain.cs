using Chat.Contracts.Events;
using Chat.Realtime.FanOut;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Chat.Realtime.Hub;

/// <summary>
/// The way out: nobody is let in any more, /health says so, and those who are here are told to come back, each at a moment of their own
/// within <see cref="RealtimeOptions.DrainFor"/>, until which they hear on.
/// </summary>
internal sealed class Drain(Audience audience, Admission admission, IOptions<RealtimeOptions> options, TimeProvider time) : IHealthCheck
{
    /// <summary>Moments to come back at; those of one are told by one frame.</summary>
    private const int Slots = 20;

    public async Task RunAsync()
    {
        admission.IsClosed = true;
        var slots = Enumerable.Range(0, Slots).Select(slot => options.Value.DrainFor * slot / Slots)
            .Select(after => (After: after, Frame: Farewell(after))).ToArray();
        await Task.WhenAll(audience.Where(_ => true).Select((connection, i) =>
        {
            var (after, frame) = slots[i % Slots];
            return connection.CloseLaterAsync(CloseReason.Draining, after, frame, time);
        }));
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(admission.IsClosed ? HealthCheckResult.Unhealthy("About to stop.") : HealthCheckResult.Healthy());

    private static SerializedHubMessage Farewell(TimeSpan after) => HubFrame.Invoke(
        "closing", new Closing(CloseReason.Draining.Code, CloseReason.Draining.Reconnect, (int)after.TotalMilliseconds),
        ConnectionJson.Default.Closing);
}
