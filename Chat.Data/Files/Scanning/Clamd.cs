using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Chat.Data.Files.Scanning;

/// <summary>
/// Speaks to clamd (https://docs.clamav.net/manual/Usage/Scanning.html#clamd): <c>zINSTREAM</c>, chunks of a length and as many bytes, an empty one;
/// then an answer that ends with a zero byte. Nothing is kept of a file but one buffer.
/// </summary>
public sealed class Clamd(string host, int port)
{
    private const int ChunkBytes = 64 * 1024;
    private const int AnswerBytesMax = 4 * 1024;

    /// <summary>Without a word from it. It loads its signatures anew now and then, and is silent meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>What it found; <see cref="ScanOutcome.Unknown"/> where it could not be asked, or did not say.</returns>
    /// <exception cref="FileStoreException">The bytes cannot be read.</exception>
    public async Task<ScanOutcome> ScanAsync(Stream bytes, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(host, port, cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(5), cancellationToken);
            var stream = connection.GetStream();
            await SendAsync(stream, bytes, cancellationToken);
            return Understand(await AnswerAsync(stream, cancellationToken).WaitAsync(Patience, cancellationToken));
        }
        catch (Exception e) when (e is SocketException or IOException or TimeoutException)
        {
            return new ScanOutcome.Unknown(e.Message);
        }
    }

    public async Task<bool> PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(host, port, cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(2), cancellationToken);
            await connection.GetStream().WriteAsync("zPING\0"u8.ToArray(), cancellationToken);
            return await AnswerAsync(connection.GetStream(), cancellationToken).WaitAsync(TimeSpan.FromSeconds(2), cancellationToken) == "PONG";
        }
        catch (Exception e) when (e is SocketException or IOException or TimeoutException)
        {
            return false;
        }
    }

    private static async Task SendAsync(NetworkStream stream, Stream bytes, CancellationToken cancellationToken)
    {
        var chunk = new byte[sizeof(int) + ChunkBytes];
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        for (int read; (read = await bytes.ReadAsync(chunk.AsMemory(sizeof(int)), cancellationToken)) > 0;)
        {
            BinaryPrimitives.WriteInt32BigEndian(chunk, read);
            try
            {
                await stream.WriteAsync(chunk.AsMemory(0, sizeof(int) + read), cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            }
            catch (IOException)
            {
                // It says so before it hangs up when a file is longer than it takes: the answer is there to be read.
                return;
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(chunk, 0);
        await stream.WriteAsync(chunk.AsMemory(0, sizeof(int)), cancellationToken);
    }

    private static async Task<string> AnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var (answer, length) = (new byte[AnswerBytesMax], 0);
        while (length < answer.Length)
        {
            var read = await stream.ReadAsync(answer.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 || answer.AsSpan(0, length).Contains((byte)0))
            {
                break;
            }
        }

        var text = Encoding.UTF8.GetString(answer, 0, length);
        return text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var end ? text[..end] : throw new IOException("The connection was cut.");
    }

    private static ScanOutcome Understand(string answer)
    {
        const string subject = "stream: ";
        var said = answer.StartsWith(subject, StringComparison.Ordinal) ? answer[subject.Length..] : answer;
        return said == "OK" ? new ScanOutcome.Clean()
            : said.EndsWith(" FOUND", StringComparison.Ordinal) ? new ScanOutcome.Found(said[..^" FOUND".Length])
            : said.Contains("size limit exceeded", StringComparison.OrdinalIgnoreCase) ? new ScanOutcome.TooLarge()
            : new ScanOutcome.Unknown(said);
    }
}

/// <summary>What came of having a file scanned.</summary>
public abstract record ScanOutcome
{
    private ScanOutcome()
    {
    }

    public sealed record Clean : ScanOutcome;

    /// <param name="Name">As the scanner calls it.</param>
    public sealed record Found(string Name) : ScanOutcome;

    /// <summary>Longer than the scanner takes (clamd's <c>StreamMaxLength</c>).</summary>
    public sealed record TooLarge : ScanOutcome;

    public sealed record Unknown(string Why) : ScanOutcome;
}
