using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Invites;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class PreviewInvite
{
    public static async Task<Results<Ok<InvitePreview>, NotFound, ProblemHttpResult>> HandleAsync(
        string token, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        await ReadInvites.PreviewAsync(database, token, user.UserId(), cancellationToken) is { } preview
            ? TypedResults.Ok(preview)
            : Problems.Of(ProblemType.NotFound, CreateInvite.NotGood);
}
