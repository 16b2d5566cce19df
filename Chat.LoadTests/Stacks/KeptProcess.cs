using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chat.LoadTests.Stacks;

/// <summary>
/// A program that ends when it is told to, and also when this process dies in whatever way: a shell that started it waits on a
/// pipe whose other end only we hold, then sends SIGTERM, waits for the end and removes the program's directory. It runs in a
/// session of its own, so that Ctrl-C in the terminal does not reach it before what was measured is written down.
/// </summary>
internal sealed class KeptProcess : IAsyncDisposable
{
    // A shell leaves the signals that it ignores ignored in what it starts; hence env --default-signal, and the trap only after that: a SIGTERM
    // that came before env had done its work would be lost, and the program stay for ever.
    private const string Script = """
        directory=$1
        shift
        exec 3<&0 </dev/null
        env --default-signal "$@" 3<&- &
        program=$!
        trap '' INT HUP TERM
        { read -r _ <&3; kill -s TERM 0; } >/dev/null 2>&1 &
        reader=$!
        disown "$reader"
        wait "$program"
        status=$?
        kill -s KILL "$reader" 2>/dev/null
        for _ in $(seq 100); do
          rm -rf "$directory" 2>/dev/null && break
          sleep 0.1
        done
        exit "$status"
        """;

    private const int KeptLines = 50;
    private readonly Process _shell;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly string _readyLine;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KeptProcess(ProcessStartInfo start, string readyLine)
    {
        _readyLine = readyLine;
        _shell = new Process { StartInfo = start };
        _shell.OutputDataReceived += (_, e) => Read(e.Data);
        _shell.ErrorDataReceived += (_, e) => Read(e.Data);
        _shell.Start();
        _shell.BeginOutputReadLine();
        _shell.BeginErrorReadLine();
    }

    /// <summary>The shell's; the program's processes descend from it.</summary>
    public int Id => _shell.Id;

    /// <summary>What the program printed last.</summary>
    public string LastLines => string.Join(Environment.NewLine, _lines);

    /// <param name="directory">Removed at the end.</param>
    /// <param name="workingDirectory">Where the program runs.</param>
    /// <param name="environment">On top of our own.</param>
    /// <param name="readyLine">How the line begins that the program prints when it is ready.</param>
    /// <param name="command">The program and its arguments.</param>
    public static KeptProcess Start(
        string directory, string workingDirectory, IReadOnlyDictionary<string, string> environment, string readyLine, params string[] command)
    {
        var start = new ProcessStartInfo("setsid", ["bash", "-c", Script, "kept", directory, .. command])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new KeptProcess(start, readyLine);
    }

    /// <summary>Waits for the line that says so.</summary>
    /// <exception cref="CannotRunException">The program ended first.</exception>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        var first = await Task.WhenAny(_ready.Task, _shell.WaitForExitAsync(cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (first != _ready.Task)
        {
            throw new CannotRunException($"It ended before it was ready. Its last lines:{Environment.NewLine}{LastLines}");
        }
    }

    /// <summary>Ends the program and what belongs to it, and waits until nothing is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (_lines.Count > KeptLines)
        {
            _lines.TryDequeue(out _);
        }

        if (line.StartsWith(_readyLine, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
