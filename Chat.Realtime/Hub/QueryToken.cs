using Microsoft.AspNetCore.WebUtilities;

namespace Chat.Realtime.Hub;

/// <summary>
/// A browser cannot set a header on a WebSocket, so there, and only there, the access token may stand in the query as
/// <c>access_token</c>. It is moved to where tokens belong before anything else sees the request: no span, log or exception can keep it.
/// </summary>
internal sealed class QueryToken(RequestDelegate next)
{
    private const string Parameter = "access_token";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Query.TryGetValue(Parameter, out var tokens))
        {
            return next(context);
        }

        if (IsWebSocket(request) && tokens.Count == 1 && request.Headers.Authorization.Count == 0)
        {
            request.Headers.Authorization = $"Bearer {tokens[0]}";
        }

        var others = request.Query.Where(p => !p.Key.Equals(Parameter, StringComparison.OrdinalIgnoreCase)).ToArray();
        request.QueryString = new QueryString(QueryHelpers.AddQueryString("", others));
        return next(context);
    }

    /// <summary>RFC 6455 over HTTP/1.1, RFC 8441 over HTTP/2.</summary>
    private static bool IsWebSocket(HttpRequest request) =>
        request.Headers.Upgrade.Any(u => string.Equals(u, "websocket", StringComparison.OrdinalIgnoreCase))
        || request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpExtendedConnectFeature>()?.Protocol == "websocket";
}
