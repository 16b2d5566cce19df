using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class GetConversation
{
    public static async Task<Results<Ok<Conversation>, NotFound>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        await ReadConversations.OneAsync(database, conversationId, user.UserId(), cancellationToken) is { } conversation
            ? TypedResults.Ok(conversation)
            : TypedResults.NotFound();
}
