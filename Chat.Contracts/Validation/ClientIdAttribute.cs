using System.ComponentModel.DataAnnotations;

namespace Chat.Contracts.Validation;

/// <summary>A UUID that somebody has made: not the one of zeros, which is what a forgotten value looks like.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ClientIdAttribute : ValidationAttribute
{
    public ClientIdAttribute()
        : base("Must be a UUID made by the client, the same for each attempt.")
    {
    }

    public override bool IsValid(object? value) => value is Guid id && id != Guid.Empty;
}
