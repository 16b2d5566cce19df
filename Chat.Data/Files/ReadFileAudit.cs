using Chat.Contracts.Operations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>What <see cref="AuditFiles"/> has found last.</summary>
public static class ReadFileAudit
{
    private static readonly Statement Statement = new("ReadFileAudit", "select finished_at, files, missing, wrong_size, orphans from file_audit");

    /// <returns>Null: there was none yet.</returns>
    public static async Task<FileAuditReport?> RunAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database,
            row => (At: row.GetFieldValue<DateTimeOffset>(0), Audit: new FileAudit(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4))),
            cancellationToken);
        return rows is [var (at, audit)]
            ? new FileAuditReport(at, audit.Agrees, audit.Files, audit.Missing, audit.WrongSize, audit.Orphans)
            : null;
    }
}
