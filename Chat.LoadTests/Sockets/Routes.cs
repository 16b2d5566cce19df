using System.Net;
using System.Net.Sockets;

namespace Chat.LoadTests.Sockets;

/// <param name="Server">Where a socket connects to.</param>
/// <param name="Source">Where from; null: the system's choice.</param>
internal readonly record struct Route(IPEndPoint Server, IPAddress? Source);

/// <summary>
/// Which addresses sockets run between. An address has some 28,000 ports to connect from to one server; on the loopback there are
/// enough addresses to go on from another.
/// </summary>
internal sealed class Routes
{
    private const int SocketsPerSource = 20_000;
    private static int _count;
    private readonly Dictionary<Uri, IPEndPoint> _servers = [];

    private Routes()
    {
    }

    /// <summary>Looks the names up, each once.</summary>
    public static async Task<Routes> ToAsync(IEnumerable<Uri> servers, CancellationToken cancellationToken)
    {
        var routes = new Routes();
        foreach (var server in servers.Distinct())
        {
            var addresses = await Dns.GetHostAddressesAsync(server.Host, cancellationToken);
            var address = addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
            routes._servers[server] = new IPEndPoint(address, server.Port);
        }

        return routes;
    }

    public Route For(Uri server)
    {
        var endpoint = _servers[server];
        var source = (Interlocked.Increment(ref _count) - 1) / SocketsPerSource;
        return source > 0 && IPAddress.IsLoopback(endpoint.Address) && endpoint.AddressFamily == AddressFamily.InterNetwork
            ? new Route(endpoint, new IPAddress([127, 0, (byte)(source >> 8), (byte)(source + 1)]))
            : new Route(endpoint, null);
    }
}
