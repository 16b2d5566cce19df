namespace Chat.Api.Web;

/// <summary>
/// Serves the web client where no endpoint has the address. Not an endpoint itself: a route for all addresses would take part in each decision
/// of the router, and make a 404 of what is a 405 now.
/// </summary>
internal sealed class WebClient(RequestDelegate next, WebAssets assets, WebHeaders headers)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return context.GetEndpoint() is null && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && assets.Find(request) is { } asset
            ? SendAsync(context, asset)
            : next(context);
    }

    private Task SendAsync(HttpContext context, WebAsset asset)
    {
        var body = asset.For(context.Request);
        var answer = context.Response.Headers;
        headers.AddTo(answer);
        answer.CacheControl = asset.CacheControl;
        if (asset.Compressed.Count > 0)
        {
            answer.Vary = "Accept-Encoding";
        }

        if (body.Coding is not null)
        {
            answer.ContentEncoding = body.Coding;
        }

        return TypedResults.Bytes(body.Bytes, asset.MediaType, entityTag: body.Tag).ExecuteAsync(context);
    }
}
