using System.Security.Claims;
using Chat.Contracts.Messages;
using Chat.Data.Events;
using Chat.Data.Files;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Messages;

internal static class SendMessage
{
    private static readonly MessageDetails NoDetails = new();

    public static async Task<Results<Created<Message>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, SendMessageRequest request, ClaimsPrincipal user, MessageWriter writer, EventPublisher events,
        LinkCache links)
    {
        var message = new NewMessage(
            conversationId, user.UserId(), request.ClientId, request.Kind, request.Text ?? "", DetailsOf(request));
        return request.Kind switch
        {
            MessageKind.System => Problems.Of(ProblemType.KindNotAllowed, "Only the server writes system messages."),
            MessageKind.Poll => Problems.Of(ProblemType.KindNotAllowed, "Polls are sent to …/polls."),
            _ => await message.AnswerAsync(writer, events, links),
        };
    }

    private static MessageDetails? DetailsOf(SendMessageRequest request)
    {
        var details = new MessageDetails(
            ContentOf(request), request.FileId, request.ReplyTo, request.ThreadRoot, request.ForwardOf,
            Mention.Of(request.Mentions, request.MentionsEveryone));
        return details == NoDetails ? null : details;
    }

    private static MessageContent? ContentOf(SendMessageRequest request) => request switch
    {
        { Language: { } language } => new MessageContent(Language: language),
        { Ciphertext: { } ciphertext, Metadata: { } metadata } => new MessageContent(Encrypted: new EncryptedContent(ciphertext, metadata)),
        _ => null,
    };
}
