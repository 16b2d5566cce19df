using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chat.Tests.Support;

/// <summary>The app host as a person starts it: a process of its own, whose output is what that person reads.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory.Replace("Chat.Tests", "Chat.AppHost", StringComparison.Ordinal), "Chat.AppHost.dll");

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly string _directory = TemporaryDirectory.Create();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppHostProcess(string[] command, string? dataDirectory, string[] settings)
    {
        DataDirectory = dataDirectory ?? Path.Combine(_directory, "data");
        // Whoever runs the tests in the background may have left SIGINT or SIGHUP ignored, which a child would inherit.
        var start = new ProcessStartInfo("env", ["--default-signal", .. command, $"--DataDirectory={DataDirectory}", "--Dashboard:Enabled=false", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.ErrorDataReceived += (_, e) => Read(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string DataDirectory { get; }

    /// <summary>Everything printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>The processes that the app host started, and theirs.</summary>
    public int[] Resources => [.. Signals.Descendants(Id)];

    public static AppHostProcess Start(params string[] settings) => new(["dotnet", Program], null, settings);

    public static AppHostProcess StartOn(string dataDirectory, params string[] settings) => new(["dotnet", Program], dataDirectory, settings);

    /// <summary>As `dotnet run` does it, whose child the app host is.</summary>
    public static AppHostProcess StartUnderDotnetRun(string projectDirectory) => new(
        ["dotnet", "run", "--project", projectDirectory, "--no-build", "--no-launch-profile", "-c", Configuration, "--"], null, []);

    public async Task ReadyAsync()
    {
        var first = await Task.WhenAny(_ready.Task, _process.WaitForExitAsync()).WaitAsync(ChatApplication.Patience);
        Assert.True(first == _ready.Task, $"The app host ended before it was ready:\n{Output}");
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(ChatApplication.Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signals.Send("TERM", Id);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (line.StartsWith("Chat is ready", StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
