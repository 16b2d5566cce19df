using System.Net;
using System.Security.Cryptography;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>A file's bytes, made as they are sent and hashed on the way: a user needs no memory for them, however many there are.</summary>
internal sealed class RandomBytes(long size, int from) : HttpContent
{
    private const int PieceBytes = 128 * 1024;
    private static readonly byte[] Source = RandomNumberGenerator.GetBytes(1024 * 1024);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Of what was sent; to be asked once, afterwards.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var (sent, at) = (0L, from % (Source.Length - PieceBytes)); sent < size;)
        {
            var piece = Source.AsMemory(at, (int)Math.Min(PieceBytes, size - sent));
            _hash.AppendData(piece.Span);
            await stream.WriteAsync(piece);
            sent += piece.Length;
            at = (at + PieceBytes + 1) % (Source.Length - PieceBytes);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
