using System.ComponentModel;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>One resource's life: wait for what it needs, start, watch, and say how it ended. It is never restarted from here.</summary>
internal sealed class ResourceRunner(
    IResource resource, ResourceNotificationService notifications, HealthMonitor health, ResourceLog log, Watchdog watchdog)
    : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ChildProcess? _process;

    public IResource Resource => resource;

    public IEnumerable<IResource> Dependencies => resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Dependency);

    /// <summary>Returns null when the process was started, else why it was not.</summary>
    public async Task<string?> StartAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_process is { ExitCode.IsCompleted: false })
            {
                return $"{resource.Name} is running already.";
            }

            await WaitForDependenciesAsync(cancellationToken);
            await LaunchAsync(cancellationToken);
            return null;
        }
        catch (Exception e) when (e is DistributedApplicationException or Win32Exception)
        {
            log.Add(resource.Name, e.Message);
            Publish(KnownResourceStates.FailedToStart, s => s with { ExitCode = null });
            return e.Message;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is { ExitCode.IsCompleted: false } process)
        {
            await process.StopAsync().WaitAsync(cancellationToken);
            await notifications.WaitForResourceAsync(resource.Name, e => e.Snapshot.HasEnded, cancellationToken);
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task WaitForDependenciesAsync(CancellationToken cancellationToken)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            Publish(KnownResourceStates.Waiting);
            if (wait.Kind == WaitKind.Healthy)
            {
                await notifications.WaitForResourceHealthyAsync(wait.Dependency.Name, cancellationToken);
                continue;
            }

            var ended = await notifications.WaitForResourceAsync(wait.Dependency.Name, e => e.Snapshot.HasEnded, cancellationToken);
            if (ended.Snapshot.ExitCode != wait.ExitCode)
            {
                throw new DistributedApplicationException(
                    $"{resource.Name} was not started because {wait.Dependency.Name} {ended.Snapshot.HowItEnded}.");
            }
        }
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        Publish(KnownResourceStates.Starting, s => s with { ExitCode = null, StopTimeStamp = null, HealthReports = [] });
        var launch = await Launch.ResolveAsync(resource, cancellationToken);
        launch.RequireFreePorts();
        var process = ChildProcess.Start(
            launch.Command, launch.Arguments, launch.Directory, launch.Environment, line => log.Add(resource.Name, line));
        _process = process;
        watchdog.Started(process);
        Publish(KnownResourceStates.Running, s => s with
        {
            StartTimeStamp = DateTime.UtcNow,
            Properties = [new ResourcePropertySnapshot("executable.pid", process.Id)],
        });
        _ = WatchAsync(process);
    }

    private async Task WatchAsync(ChildProcess process)
    {
        using var ended = new CancellationTokenSource();
        var monitoring = health.RunAsync(resource, ended.Token);
        var exitCode = await process.ExitCode;
        watchdog.Ended(process);
        await ended.CancelAsync();
        await monitoring;
        Publish(KnownResourceStates.Finished, s => s with { ExitCode = exitCode, StopTimeStamp = DateTime.UtcNow });
    }

    private void Publish(string state, Func<CustomResourceSnapshot, CustomResourceSnapshot>? change = null) =>
        notifications.Publish(resource, s => (change?.Invoke(s) ?? s) with { State = state, HealthStatus = null });
}
