using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Running;

/// <summary>A process in a session of its own, so that Ctrl-C in the terminal reaches it only by way of the supervisor.</summary>
internal sealed partial class ChildProcess
{
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(500);
    private readonly Process _process;

    private ChildProcess(Process process, Task<int> exitCode) => (_process, ExitCode) = (process, exitCode);

    public int Id => _process.Id;

    /// <summary>Completes when the process has ended: its exit code, or 128 plus the number of the signal that ended it.</summary>
    public Task<int> ExitCode { get; }

    public static ChildProcess Start(
        string command, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string?> environment,
        Action<string> onLine)
    {
        var start = new ProcessStartInfo("setsid", [command, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult();
        process.Start();
        process.StandardInput.Close();
        var output = Task.WhenAll(Read(process.StandardOutput, onLine), Read(process.StandardError, onLine));
        return new ChildProcess(process, Ended());

        async Task<int> Ended()
        {
            await ended.Task;
            try
            {
                // A killed parent may leave children that keep its output open a moment longer.
                await output.WaitAsync(OutputGrace);
            }
            catch (TimeoutException)
            {
            }

            return process.ExitCode;
        }
    }

    /// <summary>SIGTERM, after 8 s SIGINT (which ends Postgres's wait for its clients), after 12 s SIGKILL to the whole group.</summary>
    public async Task StopAsync()
    {
        foreach (var (signal, patience) in new[] { (15, 8), (2, 4) })
        {
            _ = Kill(Id, signal);
            try
            {
                await ExitCode.WaitAsync(TimeSpan.FromSeconds(patience));
                return;
            }
            catch (TimeoutException)
            {
            }
        }

        _ = Kill(-Id, 9);
        await ExitCode;
    }

    private static async Task Read(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
