using System.ComponentModel.DataAnnotations;

namespace Chat.Api.Admin;

/// <summary>Configuration section <c>Operator</c>.</summary>
internal sealed class OperatorOptions
{
    /// <summary>The secret that operators may send as <see cref="OperatorAuthentication.Header"/>.</summary>
    [Required]
    [MinLength(16)]
    public required string Key { get; init; }
}
