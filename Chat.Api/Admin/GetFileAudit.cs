using Chat.Contracts.Operations;
using Chat.Data.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Admin;

internal static class GetFileAudit
{
    public static async Task<Results<Ok<FileAuditReport>, NoContent>> HandleAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        await ReadFileAudit.RunAsync(database, cancellationToken) is { } report ? TypedResults.Ok(report) : TypedResults.NoContent();
}
