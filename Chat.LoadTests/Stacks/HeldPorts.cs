using System.Net;
using System.Net.Sockets;

namespace Chat.LoadTests.Stacks;

/// <summary>
/// Free ports for a stack's processes, below the range from which the kernel takes those of outgoing connections. A lock file,
/// of the name that app hosts use too, keeps others from choosing the same one until this is disposed of.
/// </summary>
internal sealed class HeldPorts : IDisposable
{
    private const int First = 10_000;
    private const int Last = 32_767;
    private const int Attempts = 1_000;
    private readonly List<FileStream> _locks = [];

    /// <exception cref="CannotRunException">There is none.</exception>
    public int Take()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = Random.Shared.Next(First, Last + 1);
            if (TryHold(port))
            {
                return port;
            }
        }

        throw new CannotRunException($"No free port was found between {First} and {Last}.");
    }

    public void Dispose() => _locks.ForEach(held => held.Dispose());

    private bool TryHold(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            var file = Path.Combine(Path.GetTempPath(), $"chat-port-{port}.lock");
            _locks.Add(new FileStream(
                file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
