using System.ComponentModel.DataAnnotations;

namespace Chat.Api.Limits;

/// <summary>The section <c>Requests</c> of the configuration.</summary>
internal sealed class RequestOptions
{
    public const string Section = "Requests";

    /// <summary>After that long a request is given up and answered 503. Endpoints that need longer say so themselves.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
