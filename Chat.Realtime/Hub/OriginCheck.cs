using Chat.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;

namespace Chat.Realtime.Hub;

/// <summary>
/// A browser attaches no cookie of ours to a WebSocket, but it lets any page open one: who stole a token by a page of their own cannot use
/// it from there. Browsers always send Origin with a WebSocket, and pages cannot change it (RFC 6455, section 10.2).
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, IOptions<RealtimeOptions> options)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins.Select(o => o.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext context)
    {
        var origins = context.Request.Headers.Origin;
        if (origins.Count == 0 || (origins.Count == 1 && IsAllowed(origins[0], context.Request.Host)))
        {
            await next(context);
            return;
        }

        await Problems.Of(ProblemType.OriginNotAllowed).ExecuteAsync(context);
    }

    private bool IsAllowed(string? origin, HostString host) => _allowed.Count > 0
        ? origin is not null && _allowed.Contains(origin)
        : Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
