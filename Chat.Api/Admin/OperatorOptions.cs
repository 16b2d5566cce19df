using System.ComponentModel.DataAnnotations;

namespace Chat.Api.Admin;

/// <summary>Configuration section <c>Operator</c>.</summary>
internal sealed class OperatorOptions
{
    /// <summary>The secret that operators send as <see cref="OperatorKeyFilter.Header"/>.</summary>
    [Required]
    [MinLength(16)]
    public required string Key { get; init; }
}

internal static class OperatorOptionsExtensions
{
    public static void AddOperatorKey(this WebApplicationBuilder builder) => builder.Services.AddOptions<OperatorOptions>()
        .BindConfiguration("Operator").ValidateDataAnnotations().ValidateOnStart();
}
