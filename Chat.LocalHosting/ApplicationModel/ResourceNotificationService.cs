using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of every resource: published by the process supervisor, awaited by dependents and tests.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = [];
    private readonly ConcurrentDictionary<ChannelWriter<ResourceEvent>, bool> _watchers = [];

    internal ResourceNotificationService()
    {
    }

    /// <summary>Every resource's state now, and each change after it, in order, missing none.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Unbounded: states change a few times a second at most, and a watcher must not hold up the supervisor.
        var changes = Channel.CreateUnbounded<ResourceEvent>();
        ResourceEvent[] known;
        lock (_lock)
        {
            known = [.. _current.Values];
            _watchers[changes.Writer] = true;
        }

        try
        {
            foreach (var change in known)
            {
                yield return change;
            }

            await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            _watchers.TryRemove(changes.Writer, out _);
        }
    }

    public bool TryGetCurrentState(string resourceId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            return _current.TryGetValue(resourceId, out resourceEvent);
        }
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
        {
            if (change.Resource.Name == resourceName && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException($"The application ended before resource '{resourceName}' reached the awaited state.");
    }

    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet();
        var reached = await WaitForResourceAsync(
            resourceName, e => e.Snapshot.State is { } s && states.Contains(s.Text), cancellationToken);
        return reached.Snapshot.State!.Text;
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <exception cref="DistributedApplicationException">The resource ended, or failed to start, instead.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName, e => e.Snapshot.HealthStatus == HealthStatus.Healthy || e.Snapshot.HasEnded, cancellationToken);
        return reached.Snapshot.HealthStatus == HealthStatus.Healthy
            ? reached
            : throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it {reached.Snapshot.HowItEnded}.");
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Keys)
        {
            watcher.TryComplete();
        }

        GC.SuppressFinalize(this);
    }

    internal void Publish(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        lock (_lock)
        {
            var before = _current.TryGetValue(resource.Name, out var known)
                ? known.Snapshot
                : new CustomResourceSnapshot { ResourceType = resource is ProjectResource ? "Project" : "Executable", Properties = [] };
            var after = new ResourceEvent(resource, resource.Name, change(before));
            _current[resource.Name] = after;
            foreach (var watcher in _watchers.Keys)
            {
                watcher.TryWrite(after);
            }
        }
    }
}
