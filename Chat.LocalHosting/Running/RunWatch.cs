using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>
/// Tells the person at the terminal what goes wrong. While the application is starting, a resource that ends or a start that
/// takes too long (<c>StartTimeout</c>, by default 90 s) ends everything; later, a failed resource is reported and the
/// others go on. Either way the exit code is 1 if a resource has failed.
/// </summary>
internal sealed class RunWatch : IDisposable
{
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLog _log;
    private readonly HashSet<string> _notReady;
    private readonly HashSet<string> _failed = [];
    private readonly CancellationTokenSource _ended = new();

    private RunWatch(IServiceProvider services)
    {
        _lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        _notifications = services.GetRequiredService<ResourceNotificationService>();
        _log = services.GetRequiredService<ResourceLog>();
        _notReady = [.. services.GetRequiredService<IResourceCollection>()
            .Where(r => r is ExecutableResource or ProjectResource).Select(r => r.Name)];
    }

    public static RunWatch Start(IServiceProvider services)
    {
        var watch = new RunWatch(services);
        var patience = services.GetRequiredService<IConfiguration>().GetValue("StartTimeout", TimeSpan.FromSeconds(90));
        _ = watch.WatchAsync();
        _ = watch.LimitStartAsync(patience);
        return watch;
    }

    public void Dispose() => _ended.Cancel();

    private async Task WatchAsync()
    {
        await foreach (var change in _notifications.WatchAsync(CancellationToken.None))
        {
            if (_lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }

            var name = change.Resource.Name;
            if (change.Snapshot.HealthStatus == HealthStatus.Healthy || (change.Snapshot.HasEnded && !change.Snapshot.HasFailed))
            {
                _notReady.Remove(name);
                _failed.Remove(name);
            }
            else if (change.Snapshot.HasFailed && _failed.Add(name))
            {
                Report([$"{name} {change.Snapshot.HowItEnded}. Its last lines:", .. _log.LastLines(name).Select(l => $"  {l}")]);
                if (_notReady.Count > 0)
                {
                    _lifetime.StopApplication();
                    return;
                }
            }
        }
    }

    private async Task LimitStartAsync(TimeSpan patience)
    {
        try
        {
            using var timer = new PeriodicTimer(patience);
            await timer.WaitForNextTickAsync(_ended.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (_notReady.Count > 0)
        {
            Report([.. _notReady.Order().Select(n => $"{n} was not healthy within {patience.TotalSeconds} s: {ReasonOf(n)}")]);
            _lifetime.StopApplication();
        }
    }

    private string ReasonOf(string name)
    {
        if (!_notifications.TryGetCurrentState(name, out var now))
        {
            return "it was never started.";
        }

        var reports = now.Snapshot.HealthReports.Where(r => r.Status != HealthStatus.Healthy)
            .Select(r => r.Description ?? r.ExceptionText ?? r.Name);
        return string.Join("; ", reports) is { Length: > 0 } reason ? reason : $"it is {now.Snapshot.State?.Text}.";
    }

    private static void Report(IEnumerable<string> lines)
    {
        Environment.ExitCode = 1;
        Console.Error.WriteLine(string.Join(Environment.NewLine, lines));
    }
}
