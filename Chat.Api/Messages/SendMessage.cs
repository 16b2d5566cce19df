using System.Security.Claims;
using Chat.Contracts.Messages;
using Chat.Data.Events;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Messages;

/// <summary>
/// Hands a message to the writer, publishes what was committed, and answers. Once queued it is not cancelled by a client that goes
/// away, for what is committed must also be published. The publishing is not awaited: Redis changes nothing about the answer.
/// </summary>
internal static class SendMessage
{
    public static async Task<Results<Created<Message>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, SendMessageRequest request, ClaimsPrincipal user, MessageWriter writer, EventPublisher events)
    {
        var message = new NewMessage(conversationId, user.UserId(), request.ClientId, MessageKind.Text, request.Text);
        switch (await writer.SendAsync(message))
        {
            case SendOutcome.Sent(var sent):
                if (sent.IsNew)
                {
                    _ = events.PublishAsync(ConversationEvents.Sent(sent.Message, sent.MembershipVersion));
                }

                return TypedResults.Created($"/api/conversations/{conversationId}/messages/{sent.Message.Seq}", sent.Message);
            case SendOutcome.NotMember:
                return TypedResults.NotFound();
            case SendOutcome.Full:
                return Problems.Busy();
            default:
                return Problems.Of(ProblemType.OutcomeUnknown, "Send it again with the same clientId: it will be stored once.");
        }
    }
}
