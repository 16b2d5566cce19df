using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>All resources' runners: started as their dependencies allow, stopped in the opposite order.</summary>
internal sealed class Supervisor : IHostedService, IAsyncDisposable
{
    private readonly Dictionary<string, ResourceRunner> _runners;
    private readonly CancellationTokenSource _stopping = new();
    private Task _starting = Task.CompletedTask;
    private Task? _stopped;

    public Supervisor(
        IResourceCollection resources, ResourceNotificationService notifications, HealthMonitor health, ResourceLog log, Watchdog watchdog) =>
        _runners = resources.Where(r => r is ExecutableResource or ProjectResource)
            .ToDictionary(r => r.Name, r => new ResourceRunner(r, notifications, health, log, watchdog));

    public ResourceRunner? Find(string name) => _runners.GetValueOrDefault(name);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _starting = Task.WhenAll(_runners.Values.Select(r => Task.Run(() => r.StartAsync(_stopping.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Stops everything, once; a second call waits for the first.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _stopped ??= StopAllAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        foreach (var runner in _runners.Values)
        {
            runner.Dispose();
        }

        _stopping.Dispose();
    }

    private async Task StopAllAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _starting;
        }
        catch (OperationCanceledException)
        {
        }

        var stopped = new Dictionary<ResourceRunner, Task>();
        await Task.WhenAll(_runners.Values.Select(StopAfterDependents));

        Task StopAfterDependents(ResourceRunner runner)
        {
            if (!stopped.TryGetValue(runner, out var stop))
            {
                stopped[runner] = stop = Stop(runner);
            }

            return stop;
        }

        async Task Stop(ResourceRunner runner)
        {
            await Task.WhenAll(_runners.Values.Where(r => r.Dependencies.Contains(runner.Resource)).Select(StopAfterDependents));
            await runner.StopAsync(CancellationToken.None);
        }
    }
}
