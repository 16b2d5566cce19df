using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Chat.Data.KeyRing;
using Microsoft.Extensions.Options;

namespace Chat.Data.Files;

/// <summary>
/// Links to the API itself: 2.7 µs of HMAC-SHA-256 over id and expiry, with a key that is another each day, derived from the key ring's secret,
/// so that every process signs alike without asking anybody.
/// </summary>
public sealed class FileLinks(IOptions<FilesOptions> options, IOptions<KeyRingOptions> secrets, TimeProvider time) : ILinkSigner
{
    /// <summary>Of the tag that is kept: 128 bits.</summary>
    private const int TagBytes = 16;

    private const int SecondsOfDay = 86_400;
    private readonly ConcurrentDictionary<long, byte[]> _keys = new();
    private readonly long _window = Math.Max(1, (long)options.Value.LinkWindow.TotalSeconds);

    public bool IsDear => false;

    public string? Origin => null;

    public string Sign(in LinkedFile file, LinkWindow window) =>
        $"/files/{file.Id}?e={window.Expires}&s={Base64Url.EncodeToString(Tag(file.Id, window.Expires))}";

    /// <summary>How long the link still holds; null: it does not, or never did.</summary>
    public TimeSpan? Check(Guid id, long expiry, string signature)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (expiry <= now || expiry > now + (2 * _window) || signature.Length > 4 * TagBytes)
        {
            return null;
        }

        Span<byte> tag = stackalloc byte[4 * TagBytes];
        return Base64Url.DecodeFromChars(signature, tag, out _, out var length) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(tag[..length], Tag(id, expiry))
                ? TimeSpan.FromSeconds(expiry - now)
                : null;
    }

    private byte[] Tag(Guid id, long expiry)
    {
        Span<byte> signed = stackalloc byte[24];
        id.TryWriteBytes(signed, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(signed[16..], expiry);
        return HMACSHA256.HashData(Key(expiry / SecondsOfDay), signed)[..TagBytes];
    }

    private byte[] Key(long day)
    {
        if (_keys.TryGetValue(day, out var key))
        {
            return key;
        }

        if (_keys.Count > 10)
        {
            _keys.Clear();
        }

        return _keys.GetOrAdd(day, _ => secrets.Value.KeyFor($"Chat file links v1 {day}"));
    }
}
