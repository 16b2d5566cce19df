using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;

namespace Chat.Contracts.Validation;

/// <summary>Text of which something can be seen, without the zero that the database does not take and without halves of a surrogate pair.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MessageTextAttribute : ValidationAttribute
{
    public MessageTextAttribute()
        : base("Must be valid Unicode without NUL, and not blank.")
    {
    }

    /// <summary>True for null as well: whether a value is needed is another attribute's affair.</summary>
    public override bool IsValid(object? value) =>
        value is not string text || (!text.Contains('\0') && IsWellFormed(text) && text.EnumerateRunes().Any(IsVisible));

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsVisible(Rune rune) => !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format);
}
