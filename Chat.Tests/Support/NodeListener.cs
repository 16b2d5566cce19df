using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Chat.Tests.Support;

/// <summary>Somebody connected by the real @microsoft/signalr client, in a Node process of its own: EndToEnd/node/listen.js.</summary>
internal sealed class NodeListener : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<JsonElement> _said = new();

    private NodeListener(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is { Length: > 0 } line)
            {
                _said.Enqueue(JsonDocument.Parse(line).RootElement);
            }
        };
        process.BeginOutputReadLine();
    }

    /// <summary>Connects and waits until pushes come in.</summary>
    public static async Task<NodeListener> ConnectAsync(ChatApplication chat, string node, string token)
    {
        await NodePackages.InstallAsync();
        var start = new ProcessStartInfo("node", ["listen.js", $"{chat.Client(node).BaseAddress}hub"])
        {
            WorkingDirectory = NodePackages.Directory,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["HUB_TOKEN"] = token;
        var listener = new NodeListener(Process.Start(start)!);
        await listener.SaysAsync("ready", _ => true);
        return listener;
    }

    /// <summary>Waits for a call of the client's method that satisfies the condition, and returns its argument.</summary>
    public async Task<JsonElement> SaysAsync(string what, Func<JsonElement, bool> condition)
    {
        IEnumerable<JsonElement> Matching() => _said.Where(s => s.GetProperty("what").GetString() == what)
            .Select(s => s.GetProperty("value")).Where(condition);
        await Eventually.HoldsAsync($"the Node client says {what}", ChatApplication.Patience, () => Task.FromResult(Matching().Any()));
        return Matching().First();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Kill();
        _process.Dispose();
    }
}
