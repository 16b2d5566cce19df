using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Chat.Contracts;

namespace Chat.Tests.Support;

/// <summary>Somebody's web client, without its user interface, in a Node process of its own: EndToEnd/node/client.js.</summary>
internal sealed class WebClient : IAsyncDisposable
{
    public static readonly string Sources = Path.Combine(Repository.Root, "Chat.Web");

    private static readonly Lazy<Task> Built = new(BuildAsync);
    private readonly Process _process;
    private readonly ConcurrentQueue<JsonElement> _said = new();

    private WebClient(Process process)
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

    /// <summary>Connects it to these replicas, and waits until it has loaded.</summary>
    public static async Task<WebClient> OpenAsync(ChatApplication chat, Person person, string api, string realtime)
    {
        await Built.Value;
        var client = new WebClient(Process.Start(new ProcessStartInfo("node", ["client.js"])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "Chat.Tests", "EndToEnd", "node"),
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!);
        var signIn = JsonSerializer.SerializeToElement(person.SignIn, ContractsJson.Default.SignIn);
        await client.DoAsync(new { @do = "start", api = new[] { Root(chat, api) }, realtime = new[] { Root(chat, realtime) }, signIn });
        await client.SaysAsync("loaded", _ => true);
        return client;
    }

    /// <summary>Installs what the web client needs, as its lock file has it; once for all tests.</summary>
    public static async Task InstallAsync()
    {
        if (!File.Exists(Path.Combine(Sources, "node_modules", ".package-lock.json")))
        {
            await RunAsync("npm", "ci", "--no-audit", "--no-fund");
        }
    }

    /// <summary>Runs a program in the web client's folder, and returns what it said; it must succeed.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Sources,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(ChatApplication.Patience);
        var said = await output + await errors;
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {said}");
        return said;
    }

    public Task DoAsync(object command) => _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command));

    /// <summary>Waits for what it says that satisfies the condition, and returns the latest such.</summary>
    public async Task<JsonElement> SaysAsync(string what, Func<JsonElement, bool> condition)
    {
        await Eventually.HoldsAsync($"the web client says {what}", ChatApplication.Patience, () => Task.FromResult(HasSaid(what, condition)));
        return Said(what, condition).Last();
    }

    public bool HasSaid(string what, Func<JsonElement, bool> condition) => Said(what, condition).Any();

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Kill();
        _process.Dispose();
    }

    private IEnumerable<JsonElement> Said(string what, Func<JsonElement, bool> condition) => _said
        .Where(s => s.GetProperty("what").GetString() == what)
        .Select(s => s.TryGetProperty("value", out var value) ? value : default).Where(condition);

    private static async Task BuildAsync()
    {
        await InstallAsync();
        await RunAsync("npm", "run", "client");
    }

    private static string Root(ChatApplication chat, string service) => Clients.AddressOf(chat, service).GetLeftPart(UriPartial.Authority);
}
