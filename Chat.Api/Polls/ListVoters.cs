using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Messages;
using Chat.Data.Polls;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Polls;

internal static class ListVoters
{
    public static async Task<Results<Ok<VoterList>, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("Those who chose the option at this place, from 0, only.")] int? option = null,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var place = Guid.Empty;
        if ((Paging.Refuse(limit)
            ?? (option is < 0 or >= MessageLimits.OptionsMax ? Problems.Invalid("option", "Must be the place of an option, from 0 to 19.") : null)
            ?? (after is not null && !Guid.TryParse(after, out place) ? Paging.BadAfter() : null)) is { } refusal)
        {
            return refusal;
        }

        return await ReadVoters.RunAsync(database, conversationId, user.UserId(), seq, option, place, limit, cancellationToken) switch
        {
            VotersOutcome.Page(var voters) => TypedResults.Ok(voters),
            VotersOutcome.NotPoll => Problems.Of(ProblemType.NotPoll),
            VotersOutcome.Anonymous => Problems.Of(ProblemType.AnonymousPoll, "The poll was sent as anonymous: nobody is told."),
            _ => TypedResults.NotFound(),
        };
    }
}
