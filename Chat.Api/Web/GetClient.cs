using Chat.Contracts.Messages;
using Chat.Contracts.Operations;
using Chat.Data.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Chat.Api.Web;

/// <summary>What a client must know before anybody signs in.</summary>
internal static class GetClient
{
    public static Ok<ClientSettings> Handle(WebAssets assets, IOptions<WebOptions> web, IOptions<FilesOptions> files) => TypedResults.Ok(
        new ClientSettings(web.Value.Realtime, MessageLimits.TextMax, files.Value.MaxBytes, assets.Version));
}
