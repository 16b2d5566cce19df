using System.Runtime.InteropServices;
using Chat.Realtime.Hub;

namespace Chat.Realtime;

/// <summary>
/// Drains when the process is asked to stop, and only then stops. In place of the framework's console lifetime, which begins with telling
/// the web server, and that cuts all sockets at once. Asked a second time it stops there and then.
/// </summary>
internal sealed partial class DrainingLifetime(Drain drain, IHostApplicationLifetime application, ILogger<DrainingLifetime> log) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _asked;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _asked) == 1)
        {
            LogDraining(log);
            _ = Task.Run(StopAfterDrainingAsync);
        }
        else
        {
            application.StopApplication();
        }
    }

    private async Task StopAfterDrainingAsync()
    {
        try
        {
            await drain.RunAsync();
        }
        finally
        {
            application.StopApplication();
        }
    }

    [LoggerMessage(LogLevel.Information, "Asked to stop: clients are being sent to the other nodes")]
    private static partial void LogDraining(ILogger logger);
}
