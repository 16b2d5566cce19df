using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chat.Tests.Support;
using StackExchange.Redis;

namespace Chat.Tests.Realtime.Specification;

/// <summary>
/// One more realtime node of the application, with a Redis of its own: what is published in the application's is handed on to it here, when
/// and as often as a subclass says. Heads are compared every second, so that a test need not wait for what was lost.
/// </summary>
public abstract class NodeBehindRelay(ChatApplication chat) : IAsyncLifetime
{
    private readonly Random _random = new(20_261_121);
    private Process? _redis;
    private Process? _node;
    private ConnectionMultiplexer? _from;
    private ConnectionMultiplexer? _to;

    public Uri Address { get; private set; } = null!;

    /// <summary>When an event is delivered: after each of these times; never, where there is none.</summary>
    protected abstract IEnumerable<TimeSpan> Deliveries(Random random);

    public async Task InitializeAsync()
    {
        var (redisPort, port) = (FreePort(), FreePort());
        _redis = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{redisPort}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
        })!;
        _redis.BeginOutputReadLine();
        await Eventually.HoldsAsync("the relay's Redis listens", ChatApplication.Patience, () => ConnectsAsync(redisPort));
        _from = await ConnectionMultiplexer.ConnectAsync(await chat.ConnectionStringAsync("redis"));
        _to = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redisPort}");
        await _from.GetSubscriber().SubscribeAsync(new RedisChannel("*", RedisChannel.PatternMode.Pattern), (channel, value) => Relay(channel!, value));

        Address = new Uri($"http://127.0.0.1:{port}");
        _node = StartNode(port, redisPort);
        using var client = new HttpClient { BaseAddress = Address };
        await Eventually.HoldsAsync("the node is ready", ChatApplication.Patience, () => IsReadyAsync(client));
    }

    public async Task DisposeAsync()
    {
        foreach (var process in new[] { _node, _redis }.OfType<Process>())
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _from?.Dispose();
        _to?.Dispose();
    }

    /// <summary>As the application's first node, but for where it listens and the Redis that it hears.</summary>
    private Process StartNode(int port, int redisPort)
    {
        var root = Signals.ProcessId(chat, "realtime");
        var model = Signals.Descendants(root).Prepend(root).First(
            pid => File.ReadAllText($"/proc/{pid}/cmdline").Contains("Chat.Realtime.dll", StringComparison.Ordinal));
        var assembly = File.ReadAllText($"/proc/{model}/cmdline").Split('\0').First(part => part.EndsWith("Chat.Realtime.dll", StringComparison.Ordinal));
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            WorkingDirectory = File.ResolveLinkTarget($"/proc/{model}/cwd", returnFinalTarget: false)!.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var variable in File.ReadAllText($"/proc/{model}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = variable.Split('=', 2);
            start.Environment[pair[0]] = pair[1];
        }

        start.Environment["ASPNETCORE_URLS"] = Address.AbsoluteUri;
        start.Environment["ConnectionStrings__redis"] = $"127.0.0.1:{redisPort}";
        start.Environment["Realtime__HeadsEvery"] = "00:00:01";
        var node = Process.Start(start)!;
        node.BeginOutputReadLine();
        return node;
    }

    private void Relay(string channel, RedisValue value)
    {
        TimeSpan[] deliveries;
        lock (_random)
        {
            deliveries = [.. Deliveries(_random)];
        }

        foreach (var after in deliveries)
        {
            _ = DeliverAsync(after);
        }

        async Task DeliverAsync(TimeSpan after)
        {
            if (after > TimeSpan.Zero)
            {
                // The delay is what the transport does wrong.
                await Task.Delay(after);
            }

            await _to!.GetSubscriber().PublishAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), value);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> ConnectsAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
