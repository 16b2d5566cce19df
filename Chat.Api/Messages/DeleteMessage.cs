using System.ComponentModel;
using System.Security.Claims;
using Chat.Data.Events;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Chat.Api.Messages;

/// <summary>Deletes for everyone, which leaves a tombstone, or for the caller only.</summary>
internal static class DeleteMessage
{
    public static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, MessageWriter writer, EventPublisher events, NpgsqlDataSource database,
        CancellationToken cancellationToken,
        [FromQuery(Name = "for")][Description("`everyone` or `me`.")] string whom = "everyone")
    {
        switch (whom)
        {
            case "me":
                var hidden = await HideMessage.RunAsync(database, conversationId, seq, user.UserId(), cancellationToken);
                if (hidden is { OwnRev: { } ownRev })
                {
                    _ = events.PublishControlAsync(new OwnStreamGrew(user.UserId(), ownRev));
                }

                return hidden is null ? TypedResults.NotFound() : TypedResults.NoContent();
            case "everyone":
                var answer = await new MessageChange(conversationId, seq, user.UserId(), MessageAction.Delete)
                    .AnswerAsync(writer, _ => TypedResults.NoContent());
                return answer.Result switch
                {
                    NoContent done => done,
                    NotFound notFound => notFound,
                    var problem => (ProblemHttpResult)problem,
                };
            default:
                return Problems.Invalid("for", "Must be everyone or me.");
        }
    }
}
