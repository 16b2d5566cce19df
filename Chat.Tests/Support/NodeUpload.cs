using System.Diagnostics;
using System.Text.Json;

namespace Chat.Tests.Support;

/// <summary>An upload by the real tus-js-client, in a Node process of its own: EndToEnd/node/upload.js.</summary>
internal sealed class NodeUpload : IDisposable
{
    private readonly Process _process;

    private NodeUpload(Process process) => _process = process;

    /// <summary>How often it had to begin anew, and with which status.</summary>
    public List<int> Retries { get; } = [];

    public static async Task<NodeUpload> StartAsync(Uri endpoint, string path, string token, int? chunkSize = null)
    {
        await NodePackages.InstallAsync();
        var start = new ProcessStartInfo("node", ["upload.js", $"{endpoint}", path, .. chunkSize is { } size ? (string[])[$"{size}"] : []])
        {
            WorkingDirectory = NodePackages.Directory,
            RedirectStandardOutput = true,
        };
        start.Environment["UPLOAD_TOKEN"] = token;
        return new NodeUpload(Process.Start(start)!);
    }

    /// <summary>Reads on until it says something of this name, and returns it. Fails where it gives up.</summary>
    public async Task<string> SaysAsync(string what, Func<JsonElement, bool>? condition = null)
    {
        using var patience = new CancellationTokenSource(ChatApplication.Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            var said = JsonDocument.Parse(line).RootElement;
            var (name, value) = (said.GetProperty("what").GetString(), said.GetProperty("value"));
            if (name == "retry")
            {
                Retries.Add(value.GetInt32());
            }

            Assert.False(name == "error", value.ToString());
            if (name == what && condition?.Invoke(value) != false)
            {
                return value.ToString();
            }
        }

        throw new InvalidOperationException($"The client ended without {what}.");
    }

    /// <summary>The id of the file, once all of it is there.</summary>
    public async Task<Guid> DoneAsync() => Guid.Parse((await SaysAsync("done")).Split('/')[^1]);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
