using Chat.Contracts.Operations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Audit;

/// <summary>Notes that the audit log is being exported; before its first row is read, so that the export tells of itself.</summary>
public static class RecordExport
{
    private static readonly Statement Statement = new(
        "RecordAuditExport", AuditRow.Insert(AuditAct.AuditExported, actor: 1, rows: "(values (1)) as once (n)"));

    public static Task RunAsync(NpgsqlDataSource database, Actor actor, CancellationToken cancellationToken) =>
        Statement.ExecuteAsync(database, cancellationToken, actor.Parameters);
}
