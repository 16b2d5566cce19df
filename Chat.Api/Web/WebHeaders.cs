using Chat.Data.Files;
using Microsoft.Extensions.Options;

namespace Chat.Api.Web;

/// <summary>
/// What a browser is told not to let the page do. All that the page is made of comes from this origin, nothing in it is inline, and it talks to
/// the API, the hub and, for pictures, the store of files only: what somebody smuggles into a message can neither run nor send anything away.
/// </summary>
internal sealed class WebHeaders
{
    private readonly (string Name, string Value)[] _all;

    public WebHeaders(IOptions<WebOptions> options, IFileStore files)
    {
        var hub = string.Concat(options.Value.Realtime.Select(origin => $" {origin.TrimEnd('/')} {WebSocketOf(origin)}"));
        var bucket = files.Direct?.Origin is { } origin ? $" {origin}" : "";
        string[] policy =
        [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", $"img-src 'self' blob: data:{bucket}",
            $"media-src 'self' blob:{bucket}", $"connect-src 'self'{hub}", "font-src 'self'", "manifest-src 'self'", "worker-src 'self'", "base-uri 'none'", "form-action 'self'",
            "frame-ancestors 'none'", $"report-uri {ReportViolation.Path}",
        ];
        _all =
        [
            ("Content-Security-Policy", string.Join("; ", policy)),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),

            // Voice messages need the microphone.
            ("Permissions-Policy", "camera=(), geolocation=(), payment=(), usb=(), serial=(), microphone=(self)"),
        ];
    }

    public void AddTo(IHeaderDictionary headers)
    {
        foreach (var (name, value) in _all)
        {
            headers[name] = value;
        }
    }

    private static string WebSocketOf(string origin) => $"ws{origin.TrimEnd('/')["http".Length..]}";
}
