using System.ComponentModel;
using System.Diagnostics;

namespace Chat.LoadTests.Limits.Programs;

/// <summary>A program of somebody else's that has run to its end.</summary>
/// <param name="Output">What it printed.</param>
/// <param name="Failure">Why it did not do what it was asked to; null: it did.</param>
internal sealed record ProgramRun(string Output, string? Failure)
{
    /// <summary>Runs it and waits for its end; it is killed when that does not come in time, or on cancellation.</summary>
    /// <param name="program">A file, or a name to be looked for as a shell does.</param>
    /// <param name="arguments">Anybody on this machine may read them: no password.</param>
    /// <param name="input">What it reads from its standard input.</param>
    /// <param name="within">How long it may take.</param>
    /// <param name="environment">Where a password may go.</param>
    public static async Task<ProgramRun> ToEndAsync(
        string program, IEnumerable<string> arguments, string input, TimeSpan within, IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Start(program, arguments, environment) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new("", $"{program} is not installed");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(within);
        try
        {
            // Both are read at once: a program blocks on a full pipe that nobody reads.
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
            process.StandardInput.Close();
            await Task.WhenAll(output, errors, process.WaitForExitAsync(patience.Token));
            return new(await output, process.ExitCode == 0 ? null : $"{program} failed: {LastLine(await errors)}");
        }
        catch (IOException)
        {
            return new("", $"{program} ended without reading its input");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new("", $"{program} did not end within {within.TotalSeconds} s");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string LastLine(string errors) => errors.TrimEnd().Split('\n')[^1];
}
