using Microsoft.AspNetCore.Http.Features;

namespace Chat.Realtime.Hub;

/// <summary>
/// A socket keeps its request for as long as it lasts. Once the token has been checked nobody needs its text: some 2 KB a socket, and one
/// secret less in memory.
/// </summary>
internal static class ForgetToken
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.Headers.Remove("Authorization");
        context.Request.Headers.Remove("User-Agent");
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = context.Request.Path;
        return next(context);
    }
}
