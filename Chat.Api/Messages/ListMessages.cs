using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Messages;

internal static class ListMessages
{
    public static async Task<Results<Ok<MessagePage>, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("Messages just before this seq; without it and `after`: the latest.")] long? before = null,
        [Description("Messages just after this seq; 0 begins with the first.")] long? after = null,
        [Description("This message in the middle of the page.")] long? around = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var refusal = Paging.Refuse(limit)
            ?? (before is < 1 ? Problems.Invalid("before", "Must be a seq: 1 or more.") : null)
            ?? (after is < 0 ? Problems.Invalid("after", "Must be a seq or 0.") : null)
            ?? (around is < 1 ? Problems.Invalid("around", "Must be a seq: 1 or more.") : null)
            ?? (OnlyOne(before, after, around)
                ? null
                : Problems.Invalid(around is null ? "after" : "around", "One of before, after and around at most."));
        if (refusal is not null)
        {
            return refusal;
        }

        var page = (after, around) switch
        {
            ({ } seq, _) => await ReadMessages.AfterAsync(database, conversationId, user.UserId(), seq, limit, cancellationToken),
            (_, { } seq) => await ReadMessages.AroundAsync(database, conversationId, user.UserId(), seq, limit, cancellationToken),
            _ => await ReadMessages.BeforeAsync(database, conversationId, user.UserId(), before ?? long.MaxValue, limit, cancellationToken),
        };
        return page is null ? TypedResults.NotFound() : TypedResults.Ok(page);
    }

    private static bool OnlyOne(params long?[] places) => places.Count(place => place is not null) <= 1;
}
