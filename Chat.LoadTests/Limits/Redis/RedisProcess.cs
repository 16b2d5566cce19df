using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chat.LoadTests.Limits.Programs;

namespace Chat.LoadTests.Limits.Redis;

/// <summary>A Redis server for loopback only that keeps nothing.</summary>
internal static class RedisProcess
{
    /// <summary>The shell becomes the server; what stays beside it ends the server when standard input ends.</summary>
    private const string Run = """
        exec 3<&0
        (read -r _ <&3; kill $$) >/dev/null 2>&1 &
        exec redis-server "$@" 3<&-
        """;

    /// <exception cref="ServerStartException">It could not be started.</exception>
    public static Task<TemporaryServer> StartAsync(int port, CancellationToken cancellationToken) => TemporaryServer.StartAsync(
        new ProcessStartInfo("sh", ["-c", Run, "redis-server", "--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no"]),
        line => line.Contains("Ready to accept connections", StringComparison.Ordinal), cancellationToken);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
