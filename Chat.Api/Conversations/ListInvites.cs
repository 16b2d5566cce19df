using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Invites;
using Chat.Data.Permissions;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class ListInvites
{
    public static async Task<Results<Ok<InviteList>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        await ReadInvites.ListAsync(database, conversationId, user.UserId(), cancellationToken) switch
        {
            null => TypedResults.NotFound(),
            (var kind, _, _) when PermissionTable.Of(ConversationAction.ManageInvites, kind) == Access.Nobody =>
                Problems.Of(ProblemType.NotOfThisKind),
            (var kind, var role, _) when !PermissionTable.Allow(ConversationAction.ManageInvites, kind, role) =>
                Problems.Of(ProblemType.Forbidden, CreateInvite.MayNot),
            (_, _, var invites) => TypedResults.Ok(invites),
        };
}
