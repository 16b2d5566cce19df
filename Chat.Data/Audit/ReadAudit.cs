using System.Runtime.CompilerServices;
using System.Text.Json;
using Chat.Contracts.Operations;
using Chat.Data.Conversations;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Audit;

/// <summary>The audit log, the latest first.</summary>
public static class ReadAudit
{
    /// <summary>In one statement of <see cref="AllAsync"/>.</summary>
    private const int PageSize = 500;

    /// <summary>
    /// By the primary key, or by the index of whichever condition there is: plans are made for the values, so a condition on a null costs
    /// nothing and hides no index.
    /// </summary>
    private static readonly Statement Statement = new("ReadAudit", """
        select at, id, act, actor_id, by_key, user_id, conversation_id, details, trace_id
        from audit_log
        where (at, id) < ($1, $2)
          and ($3 is null or at >= $3)
          and ($4 is null or actor_id = $4)
          and (not $5 or by_key)
          and ($6 is null or act = $6)
          and ($7 is null or user_id = $7)
          and ($8 is null or conversation_id = $8)
        order by at desc, id desc
        limit $9
        """);

    public static async Task<AuditPage> PageAsync(
        NpgsqlDataSource database, AuditFilter filter, ListCursor after, int limit, CancellationToken cancellationToken)
    {
        var rows = await RunAsync(database, filter, after, limit + 1, cancellationToken);
        return rows.Count <= limit
            ? new AuditPage(rows)
            : new AuditPage(rows[..limit], new ListCursor(rows[limit - 1].At, rows[limit - 1].Id).ToString());
    }

    /// <summary>All of it, page by page: between two pages no connection is held, and no more than one page is in memory.</summary>
    public static async IAsyncEnumerable<AuditEntry> AllAsync(
        NpgsqlDataSource database, AuditFilter filter, ListCursor after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<AuditEntry> page;
        do
        {
            page = await RunAsync(database, filter, after, PageSize, cancellationToken);
            foreach (var entry in page)
            {
                yield return entry;
                after = new ListCursor(entry.At, entry.Id);
            }
        }
        while (page.Count == PageSize);
    }

    private static Task<List<AuditEntry>> RunAsync(
        NpgsqlDataSource database, AuditFilter filter, ListCursor after, int limit, CancellationToken cancellationToken) =>
        Statement.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(after.ActiveAt), Parameter.Of(after.Id), Parameter.OrNull(filter.Since, NpgsqlDbType.TimestampTz),
            Parameter.OrNull(filter.ActorId, NpgsqlDbType.Uuid), Parameter.Of(filter.ByKey),
            Parameter.OrNull(filter.Act is { } act ? AuditRow.Name(act) : null, NpgsqlDbType.Text),
            Parameter.OrNull(filter.UserId, NpgsqlDbType.Uuid), Parameter.OrNull(filter.ConversationId, NpgsqlDbType.Uuid),
            Parameter.Of(limit));

    private static AuditEntry Map(NpgsqlDataReader row) => new(
        row.GetGuid(1),
        row.GetFieldValue<DateTimeOffset>(0),
        Enum.Parse<AuditAct>(row.GetString(2), ignoreCase: true),
        row.GetBoolean(4),
        row.IsDBNull(3) ? null : row.GetGuid(3),
        row.IsDBNull(5) ? null : row.GetGuid(5),
        row.IsDBNull(6) ? null : row.GetGuid(6),
        row.IsDBNull(7) ? null : JsonDocument.Parse(row.GetString(7)).RootElement,
        row.IsDBNull(8) ? null : row.GetString(8));
}

/// <summary>Which rows of the audit log: those that meet all conditions. Null: no condition.</summary>
/// <param name="Since">At that time or later; in UTC.</param>
/// <param name="ActorId">Who did it.</param>
/// <param name="ByKey">Only what was done by right of the operator key.</param>
/// <param name="Act">What was done.</param>
/// <param name="UserId">To whom.</param>
/// <param name="ConversationId">Where.</param>
public sealed record AuditFilter(
    DateTimeOffset? Since = null, Guid? ActorId = null, bool ByKey = false, AuditAct? Act = null, Guid? UserId = null,
    Guid? ConversationId = null);
