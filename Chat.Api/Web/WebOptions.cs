using System.ComponentModel.DataAnnotations;

namespace Chat.Api.Web;

/// <summary>The section <c>Web</c> of the configuration.</summary>
internal sealed class WebOptions : IValidatableObject
{
    public const string Section = "Web";

    /// <summary>The folder of the built web client, relative to the program. Without it none is served.</summary>
    public string Directory { get; set; } = "web";

    /// <summary>The origins that have the hub, as browsers reach them. None: a proxy leads <c>/hub</c> of the API's own origin there.</summary>
    public string[] Realtime { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Realtime.Where(address => !IsOrigin(address))
        .Select(address => new ValidationResult($"'{address}' is no origin, such as https://push.chat.example.", [nameof(Realtime)]));

    private static bool IsOrigin(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.GetLeftPart(UriPartial.Authority) == address.TrimEnd('/');
}
