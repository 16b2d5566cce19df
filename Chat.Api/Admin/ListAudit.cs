using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using Chat.Api.Requests;
using Chat.Contracts;
using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Conversations;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Admin;

/// <summary>A page of the audit log; or all of it as lines, where the request accepts those.</summary>
internal static class ListAudit
{
    /// <summary>What to send as <c>actor</c> for whatever was done with the operator key.</summary>
    private const string Key = "operatorKey";

    public static async Task<Results<Ok<AuditPage>, JsonLines, ValidationProblem>> HandleAsync(
        HttpRequest request, ClaimsPrincipal caller, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("At that time or later.")] DateTimeOffset? since = null,
        [Description("Before that time.")] DateTimeOffset? until = null,
        [Description("Who did it: a user's id, or `operatorKey`.")] string? actor = null,
        [Description("What was done.")] string? act = null,
        [Description("To which user.")] Guid? userId = null,
        [Description("In which conversation.")] Guid? conversationId = null,
        [Description(Paging.AfterDescription + " Not for an export.")] string? after = null,
        [Description(Paging.LimitDescription + " Not for an export.")] int limit = Paging.DefaultLimit)
    {
        var start = until is { } end ? new ListCursor(end.ToUniversalTime(), Guid.Empty) : ListCursor.Start;
        var actorId = Guid.Empty;
        if (Paging.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (after is not null && !ListCursor.TryParse(after, out start))
        {
            return Paging.BadAfter();
        }

        if (actor is not (null or Key) && !Guid.TryParse(actor, out actorId))
        {
            return Problems.Invalid("actor", $"Must be a user's id, or {Key}.");
        }

        if (!Choice<AuditAct>.TryRead(act, out var wanted))
        {
            return Problems.Invalid("act", $"Must be one of: {Choice<AuditAct>.Names}.");
        }

        var filter = new AuditFilter(
            since?.ToUniversalTime(), actor is null or Key ? null : actorId, ByKey: actor == Key, wanted, userId, conversationId);
        if (!AcceptsLines(request))
        {
            return TypedResults.Ok(await ReadAudit.PageAsync(database, filter, start, limit, cancellationToken));
        }

        await RecordExport.RunAsync(database, caller.Actor(), cancellationToken);
        return new JsonLines(LinesAsync(database, filter, start, cancellationToken), "audit.ndjson");
    }

    private static bool AcceptsLines(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType == JsonLines.MediaType);

    private static async IAsyncEnumerable<string> LinesAsync(
        NpgsqlDataSource database, AuditFilter filter, ListCursor start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in ReadAudit.AllAsync(database, filter, start, cancellationToken))
        {
            yield return JsonSerializer.Serialize(entry, ContractsJson.Unescaped.AuditEntry);
        }
    }
}
