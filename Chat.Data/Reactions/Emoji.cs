using System.Text;

namespace Chat.Data.Reactions;

/// <summary>
/// Recognises exactly one emoji, by the grammar of Unicode's UTS #51 (ED-17), and writes it in its one normal form, so that people
/// who mean the same are counted together whatever their keyboards send. What the grammar lets through is NFC and one grapheme.
/// </summary>
public static class Emoji
{
    /// <summary>The longest that is accepted, in bytes of UTF-8; the longest in use take 35.</summary>
    public const int MaxBytes = 64;

    private const int Joiner = 0x200D;
    private const int PictureSelector = 0xFE0F;
    private const int Keycap = 0x20E3;
    private const int BlackFlag = 0x1F3F4;
    private const int LastTag = 0xE007F;

    /// <summary>The emoji's fully-qualified form (UTS #51, ED-18); null where the text is anything else than one emoji.</summary>
    public static string? Normalize(string text)
    {
        if (text.Length is 0 or > MaxBytes)
        {
            return null;
        }

        var runes = text.EnumerateRunes().Select(rune => rune.Value).ToArray();
        var normal = new StringBuilder();
        return (IsFlag(runes, normal) || IsKeycap(runes, normal) || IsSequence(runes, normal))
            && Encoding.UTF8.GetByteCount(normal.ToString()) <= MaxBytes
                ? normal.ToString()
                : null;
    }

    private static bool IsFlag(int[] runes, StringBuilder normal) =>
        runes is [>= 0x1F1E6 and <= 0x1F1FF, >= 0x1F1E6 and <= 0x1F1FF] && Append(normal, runes);

    private static bool IsKeycap(int[] runes, StringBuilder normal) =>
        runes is [(>= '0' and <= '9') or '#' or '*', Keycap] or [(>= '0' and <= '9') or '#' or '*', PictureSelector, Keycap]
        && Append(normal, runes[0], PictureSelector, Keycap);

    /// <summary>Pictures held together by joiners, each with a skin tone or the tags of a region's flag.</summary>
    private static bool IsSequence(ReadOnlySpan<int> runes, StringBuilder normal)
    {
        while (TakePicture(ref runes, normal))
        {
            if (runes.IsEmpty)
            {
                return true;
            }

            if (runes[0] != Joiner)
            {
                return false;
            }

            Append(normal, Joiner);
            runes = runes[1..];
        }

        return false;
    }

    private static bool TakePicture(ref ReadOnlySpan<int> runes, StringBuilder normal)
    {
        if (runes.IsEmpty || !(EmojiRanges.Pictures.Contains(runes[0]) || EmojiRanges.TextByDefault.Contains(runes[0])))
        {
            return false;
        }

        var picture = runes[0];
        Append(normal, picture);
        runes = runes is [_, PictureSelector, ..] ? runes[2..] : runes[1..];
        if (runes is [>= 0x1F3FB and <= 0x1F3FF, ..])
        {
            Append(normal, runes[0]);
            runes = runes[1..];
        }
        else if (EmojiRanges.TextByDefault.Contains(picture))
        {
            Append(normal, PictureSelector);
        }

        return picture != BlackFlag || runes is not [>= 0xE0020 and <= LastTag, ..] || TakeTags(ref runes, normal);
    }

    private static bool TakeTags(ref ReadOnlySpan<int> runes, StringBuilder normal)
    {
        var end = runes.IndexOf(LastTag);
        if (end < 1 || runes[..end].ContainsAnyExceptInRange(0xE0020, LastTag - 1))
        {
            return false;
        }

        Append(normal, runes[..(end + 1)]);
        runes = runes[(end + 1)..];
        return true;
    }

    private static bool Append(StringBuilder normal, params ReadOnlySpan<int> runes)
    {
        foreach (var rune in runes)
        {
            normal.Append(new Rune(rune).ToString());
        }

        return true;
    }
}
