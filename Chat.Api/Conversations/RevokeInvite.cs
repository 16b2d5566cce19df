using System.Security.Claims;
using Chat.Data.Invites;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class RevokeInvite
{
    public static async Task<Results<NoContent, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, Guid inviteId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        await ChangeInvites.RevokeAsync(database, conversationId, user.UserId(), inviteId, cancellationToken) switch
        {
            null => TypedResults.NotFound(),
            { Refusal: null } => TypedResults.NoContent(),
            { Refusal: { } refusal } => refusal.Problem(CreateInvite.MayNot) is { } problem ? problem : TypedResults.NotFound(),
        };
}
