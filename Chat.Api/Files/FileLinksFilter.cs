using Chat.Contracts.Files;
using Chat.Contracts.Messages;
using Chat.Data.Files;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Files;

/// <summary>Gives every message that an endpoint of its group answers with the link to its file. From memory: nothing is waited for.</summary>
internal sealed class FileLinksFilter(LinkCache links) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        return (result as INestedHttpResult)?.Result switch
        {
            Ok<MessagePage> { Value: { } page } => TypedResults.Ok(links.Link(page)),
            Ok<ChangePage> { Value: { } page } => TypedResults.Ok(page with { Messages = links.Link(page.Messages) }),
            Ok<PinList> { Value: { } page } => TypedResults.Ok(page with { Items = links.Link(page.Items) }),
            Ok<FileList> { Value: { } page } => TypedResults.Ok(links.Link(page)),
            Ok<Message> { Value: { } message } => TypedResults.Ok(links.Link(message)),
            Created<Message> { Value: { Content.File: not null } message } created => TypedResults.Created(created.Location, links.Link(message)),
            _ => result,
        };
    }
}
