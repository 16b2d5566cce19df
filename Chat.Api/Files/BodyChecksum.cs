using System.Security.Cryptography;

namespace Chat.Api.Files;

/// <summary>The checksum that a request gives of its own body (tus 1.0, checksum extension).</summary>
internal sealed class BodyChecksum
{
    public const string Algorithms = "sha1,sha256";
    private readonly IncrementalHash _hash;
    private readonly byte[] _expected;

    private BodyChecksum(HashAlgorithmName algorithm, byte[] expected) => (_hash, _expected) = (IncrementalHash.CreateHash(algorithm), expected);

    /// <param name="header"><c>algorithm base64</c>.</param>
    /// <returns>Null where it cannot be read, or the algorithm is not known.</returns>
    public static BodyChecksum? Parse(string header)
    {
        var parts = header.Split(' ');
        var algorithm = parts[0] switch
        {
            "sha1" => HashAlgorithmName.SHA1,
            "sha256" => HashAlgorithmName.SHA256,
            _ => default,
        };
        var length = algorithm == HashAlgorithmName.SHA1 ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes;
        var expected = new byte[length];
        return parts.Length == 2 && algorithm.Name is not null && Convert.TryFromBase64String(parts[1], expected, out var written) && written == length
            ? new BodyChecksum(algorithm, expected)
            : null;
    }

    public void Add(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>To be asked once, at the end.</summary>
    public bool Matches() => _hash.GetHashAndReset().AsSpan().SequenceEqual(_expected);
}
