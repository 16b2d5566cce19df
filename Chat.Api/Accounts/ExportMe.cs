using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Data.Export;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Accounts;

internal static class ExportMe
{
    public static async Task<Results<JsonLines, ProblemHttpResult>> HandleAsync(
        ClaimsPrincipal caller, NpgsqlDataSource database, TimeProvider time, CancellationToken cancellationToken)
    {
        var lease = await ExportLease.TryTakeAsync(database, caller.UserId(), time, cancellationToken);
        return lease is null
            ? Problems.Of(ProblemType.ExportRunning)
            : new JsonLines(ExportOwnData.LinesAsync(database, caller.UserId(), lease, cancellationToken), "chat-export.ndjson");
    }
}
