using System.Security.Claims;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Messages;

internal static class ListPins
{
    public static async Task<Results<Ok<PinList>, NotFound>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        await ReadPins.RunAsync(database, conversationId, user.UserId(), cancellationToken) is { } pins
            ? TypedResults.Ok(pins)
            : TypedResults.NotFound();
}
