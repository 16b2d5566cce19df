using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Runs the health checks of a running resource, often until it is healthy, then once in a while.</summary>
internal sealed class HealthMonitor(HealthCheckService checks, ResourceNotificationService notifications)
{
    private static readonly TimeSpan WhileUnhealthy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WhileHealthy = TimeSpan.FromSeconds(2);

    /// <summary>Monitors until cancelled, which the supervisor does when the process ends.</summary>
    public async Task RunAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => a.Key).ToHashSet();
        using var timer = new PeriodicTimer(WhileUnhealthy);
        try
        {
            do
            {
                var report = await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                Publish(resource, report);
                timer.Period = report.Status == HealthStatus.Healthy ? WhileHealthy : WhileUnhealthy;
            }
            while (keys.Count > 0 && await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private void Publish(IResource resource, HealthReport report)
    {
        var reports = report.Entries
            .Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.Message))
            .ToArray();
        if (notifications.TryGetCurrentState(resource.Name, out var now)
            && now.Snapshot.HealthStatus == report.Status && now.Snapshot.HealthReports.SequenceEqual(reports))
        {
            return;
        }

        notifications.Publish(resource, s => s.State?.Text == KnownResourceStates.Running
            ? s with { HealthStatus = report.Status, HealthReports = [.. reports] }
            : s);
    }
}
