using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;

namespace Chat.Contracts.Validation;

/// <summary>
/// One line of visible text: not blank, no control characters (the database takes no zero), no halves of a surrogate pair, and
/// nothing that turns the direction of the text around it, by which one name can be made to look like another.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlainTextAttribute : ValidationAttribute
{
    public PlainTextAttribute()
        : base("Must be one line of visible text, without control characters.")
    {
    }

    /// <summary>True for null as well: whether a value is needed is another attribute's affair.</summary>
    public override bool IsValid(object? value) =>
        value is not string text || (!string.IsNullOrWhiteSpace(text) && text.EnumerateRunes().All(IsVisible));

    private static bool IsVisible(Rune rune) =>
        rune != Rune.ReplacementChar
        && rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
        && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
