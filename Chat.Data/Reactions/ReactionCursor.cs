using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Chat.Data.Reactions;

/// <summary>The last reaction of a page, after which the next begins.</summary>
/// <param name="At">In microseconds, as exact as the database is.</param>
public readonly record struct ReactionCursor(string Emoji, DateTimeOffset At, Guid UserId)
{
    private const int FixedBytes = 24;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Before the first page.</summary>
    public static ReactionCursor Start { get; } = new("", DateTimeOffset.UnixEpoch, Guid.Empty);

    public override string ToString()
    {
        var bytes = new byte[FixedBytes + Strict.GetByteCount(Emoji)];
        UserId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), At.UtcTicks);
        Strict.GetBytes(Emoji, bytes.AsSpan(FixedBytes));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for what <see cref="ToString"/> cannot have made.</summary>
    public static bool TryParse(string? text, out ReactionCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[FixedBytes + Reactions.Emoji.MaxBytes];
        cursor = default;
        if (text is null || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written <= FixedBytes)
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes[16..]);
        if (ticks < DateTimeOffset.UnixEpoch.UtcTicks || ticks > DateTimeOffset.MaxValue.UtcTicks || EmojiIn(bytes[FixedBytes..written]) is not { } emoji)
        {
            return false;
        }

        cursor = new ReactionCursor(emoji, new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[..16], bigEndian: true));
        return true;
    }

    private static string? EmojiIn(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Reactions.Emoji.Normalize(Strict.GetString(bytes)) : null;
}
