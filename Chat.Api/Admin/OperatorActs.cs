using Chat.Api.Accounts;
using Chat.Data.Operators;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Admin;

/// <summary>What follows an act upon a user, and how it is answered.</summary>
internal static class OperatorActs
{
    /// <summary>Makes the ended sessions known everywhere, then answers.</summary>
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult>> AnswerAsync(
        this Task<ActOutcome> act, SessionEndings endings, Guid userId)
    {
        var outcome = await act;
        await endings.AnnounceAsync(userId, outcome.EndedSessions);
        return outcome switch
        {
            { Found: false } => TypedResults.NotFound(),
            { Last: true } => Problems.Of(ProblemType.LastOperator, "Appoint another one first."),
            _ => TypedResults.NoContent(),
        };
    }
}
