using System.Security.Claims;
using Chat.Api.Messages;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Polls;

internal static class SendPoll
{
    public static async Task<Results<Created<Message>, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, SendPollRequest request, ClaimsPrincipal user, MessageWriter writer, TimeProvider time)
    {
        if (request.ClosesAt <= time.GetUtcNow())
        {
            return Problems.Invalid("closesAt", "Must be in the future.");
        }

        var poll = new PollContent(request.Options, request.Multiple, request.Anonymous, request.ClosesAt?.ToUniversalTime(), MembersAddOptions: request.MembersAddOptions);
        var message = new NewMessage(
            conversationId, user.UserId(), request.ClientId, MessageKind.Poll, request.Question, new MessageDetails(new MessageContent(Poll: poll)));
        return (await message.AnswerAsync(writer)).Result switch
        {
            Created<Message> sent => sent,
            NotFound notFound => notFound,
            var problem => (ProblemHttpResult)problem,
        };
    }
}
