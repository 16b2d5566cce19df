using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>
/// Finds ports for endpoints that name none, as Aspire does, from 10000 to 32767: below the range from which the kernel takes
/// the ports of outgoing connections, thousands of which a load test opens. A lock file, held as long as this process lives,
/// keeps app hosts that start at the same moment apart.
/// </summary>
internal static class FreePorts
{
    private const int First = 10_000;
    private const int Last = 32_767;
    private const int Attempts = 1_000;
    private static readonly List<FileStream> Held = [];

    public static void AssignTo(IEnumerable<IResource> resources)
    {
        foreach (var endpoint in resources.SelectMany(r => r.Annotations).OfType<EndpointAnnotation>())
        {
            if (endpoint.TargetPort is null or 0)
            {
                endpoint.Port = endpoint.TargetPort = Take();
            }
        }
    }

    private static int Take()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = Random.Shared.Next(First, Last + 1);
            if (TryHold(port))
            {
                return port;
            }
        }

        throw new DistributedApplicationException($"No free port was found between {First} and {Last}.");
    }

    private static bool TryHold(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            var file = Path.Combine(Path.GetTempPath(), $"chat-port-{port}.lock");
            Held.Add(new FileStream(
                file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
