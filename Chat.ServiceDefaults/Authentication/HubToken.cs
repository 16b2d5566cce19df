using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chat.ServiceDefaults.Authentication;

/// <summary>
/// Browsers cannot set a header on a WebSocket, so for these, and on the hub's path alone, the token may stand in the query. Anywhere
/// else it would end up in histories and logs.
/// </summary>
internal static class HubToken
{
    public static Task ReadAsync(MessageReceivedContext context)
    {
        if (context.Request.Path.StartsWithSegments("/hub") && IsWebSocket(context.HttpContext)
            && context.Request.Query["access_token"] is [{ Length: > 0 } token])
        {
            context.Token = token;
        }

        return Task.CompletedTask;
    }

    /// <summary>By HTTP/1.1's Upgrade or HTTP/2's extended CONNECT; the framework's own answer comes from a later middleware.</summary>
    private static bool IsWebSocket(HttpContext context) =>
        context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };
}
