using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Messages;

namespace Chat.Contracts.Validation;

/// <summary>Base64 (RFC 4648, section 4) of something, and of no more than <see cref="MessageLimits.CiphertextMax"/> bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CiphertextAttribute : ValidationAttribute
{
    public CiphertextAttribute()
        : base($"Must be base64 of 1 to {MessageLimits.CiphertextMax} bytes.")
    {
    }

    /// <summary>True for null as well: whether a value is needed is another attribute's affair.</summary>
    public override bool IsValid(object? value) =>
        value is not string text
        || (Base64.IsValid(text, out var bytes) && bytes is > 0 and <= MessageLimits.CiphertextMax && !text.Any(char.IsWhiteSpace));
}
