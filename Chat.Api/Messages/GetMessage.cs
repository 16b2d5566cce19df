using System.Security.Claims;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Messages;

internal static class GetMessage
{
    public static async Task<Results<Ok<Message>, NotFound>> HandleAsync(
        Guid conversationId, long seq, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        await ReadMessages.OneAsync(database, conversationId, user.UserId(), seq, cancellationToken) is { } message
            ? TypedResults.Ok(message)
            : TypedResults.NotFound();
}
