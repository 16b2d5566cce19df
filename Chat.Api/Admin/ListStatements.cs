using System.ComponentModel;
using Chat.Contracts.Operations;
using Chat.Data.Observability;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Admin;

internal static class ListStatements
{
    private const int MaxLimit = 100;

    public static async Task<Results<Ok<StatementList>, ValidationProblem>> HandleAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken, [Description("How many, 1 to 100.")] int limit = 50) =>
        limit is >= 1 and <= MaxLimit
            ? TypedResults.Ok(new StatementList(await ReadStatementStatistics.RunAsync(database, limit, cancellationToken)))
            : TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["limit"] = [$"Must be from 1 to {MaxLimit}."] });
}
