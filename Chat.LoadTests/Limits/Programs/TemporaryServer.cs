using System.ComponentModel;
using System.Diagnostics;

namespace Chat.LoadTests.Limits.Programs;

/// <summary>
/// A server of our own for the time of one measurement. It ends when its standard input does, so it does not outlive this process
/// even if that is killed.
/// </summary>
internal sealed class TemporaryServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);
    private readonly Process _process;
    private readonly TaskCompletionSource<string?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TemporaryServer(ProcessStartInfo start, Func<string, bool> isReady)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null || isReady(e.Data))
            {
                _ready.TrySetResult(e.Data);
            }
        };
    }

    /// <summary>The line by which it said that it is ready.</summary>
    public string ReadyLine { get; private set; } = "";

    public int Id => _process.Id;

    /// <exception cref="ServerStartException">It is not installed, ended, or did not say in time that it is ready.</exception>
    public static async Task<TemporaryServer> StartAsync(
        ProcessStartInfo start, Func<string, bool> isReady, CancellationToken cancellationToken)
    {
        var server = new TemporaryServer(start, isReady);
        try
        {
            server._process.Start();
            server._process.BeginOutputReadLine();
        }
        catch (Win32Exception)
        {
            throw new ServerStartException($"{start.FileName} is not installed");
        }

        try
        {
            server.ReadyLine = await server._ready.Task.WaitAsync(StartPatience, cancellationToken)
                ?? throw new ServerStartException($"{start.FileName} ended before it was ready");
            return server;
        }
        catch (TimeoutException)
        {
            await server.DisposeAsync();
            throw new ServerStartException($"{start.FileName} was not ready within {StartPatience.TotalSeconds} s");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(EndPatience);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}

/// <summary>A server could not be started; the message says why.</summary>
internal sealed class ServerStartException(string message) : Exception(message);
