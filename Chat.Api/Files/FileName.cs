using System.Globalization;
using System.Text;
using Chat.Contracts.Files;

namespace Chat.Api.Files;

/// <summary>
/// Names are for people: the store never sees one. Still they end up on somebody's disk and screen, so what is no part of a name goes: folders,
/// control characters, and those that turn the direction of writing, which make <c>exe</c> look like <c>txt</c>.
/// </summary>
internal static class FileName
{
    private const string Nameless = "file";

    /// <summary>Not allowed in names by one system or another.</summary>
    private const string Reserved = "<>:\"|?*";

    public static string Clean(string? said)
    {
        var name = new StringBuilder();
        foreach (var rune in Last(said ?? "").EnumerateRunes())
        {
            if (IsKept(rune))
            {
                if (name.Length + rune.Utf16SequenceLength > FileLimits.NameMax)
                {
                    break;
                }

                name.Append(rune);
            }
        }

        var trimmed = name.ToString().Trim().TrimStart('.').TrimEnd('.', ' ');
        return trimmed.Length == 0 ? Nameless : trimmed;
    }

    /// <summary>Joiners are kept: emoji and some scripts are written with them.</summary>
    private static bool IsKept(Rune rune) =>
        rune != Rune.ReplacementChar && !(rune.IsAscii && Reserved.Contains((char)rune.Value))
        && (rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));

    private static string Last(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
