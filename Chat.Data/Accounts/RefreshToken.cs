using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Chat.Data.Accounts;

/// <summary>
/// An opaque refresh token: 128 random bits that all tokens of a session share, its family, then 256 that are this token's own.
/// The family lets the use of any earlier token be recognised without keeping them all, and cannot be guessed from a session's id.
/// </summary>
public sealed class RefreshToken
{
    private const int FamilyBytes = 16;
    private const int OwnBytes = 32;

    private readonly byte[] _bytes;

    private RefreshToken(byte[] bytes) => _bytes = bytes;

    /// <summary>SHA-256 of the family. Random input of that length needs no salt and no slow hash.</summary>
    public byte[] FamilyHash => SHA256.HashData(_bytes.AsSpan(0, FamilyBytes));

    /// <summary>SHA-256 of the token.</summary>
    public byte[] Hash => SHA256.HashData(_bytes);

    public static RefreshToken Create() => new(RandomNumberGenerator.GetBytes(FamilyBytes + OwnBytes));

    /// <summary>The next token of the same family.</summary>
    public RefreshToken Next()
    {
        var next = RandomNumberGenerator.GetBytes(FamilyBytes + OwnBytes);
        _bytes.AsSpan(0, FamilyBytes).CopyTo(next);
        return new RefreshToken(next);
    }

    /// <summary>Reads what <see cref="Reveal"/> wrote; false for anything else.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RefreshToken? token)
    {
        // TryDecodeFromChars throws at foreign characters; IsValid does not.
        var valid = Base64Url.IsValid(text, out var length) && length == FamilyBytes + OwnBytes;
        token = valid ? new RefreshToken(Base64Url.DecodeFromChars(text)) : null;
        return valid;
    }

    /// <summary>The secret itself, for its owner. Not <c>ToString</c>, so that no log line writes it by accident.</summary>
    public string Reveal() => Base64Url.EncodeToString(_bytes);
}
