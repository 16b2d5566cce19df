using System.Security.Claims;
using Chat.Data.Operators;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Admin;

internal static class AppointOperator
{
    /// <summary>Reaches the account with its next refresh.</summary>
    public static async Task<Results<NoContent, NotFound>> HandleAsync(
        Guid userId, ClaimsPrincipal caller, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        (await ChangeOperators.AppointAsync(database, caller.Actor(), userId, cancellationToken)).Found
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
