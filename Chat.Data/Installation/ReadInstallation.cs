using Chat.Contracts.Operations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Installation;

/// <summary>Reads the installation's epoch and the server's own view of itself, in one round trip.</summary>
public static class ReadInstallation
{
    private static readonly Statement Statement = new("ReadInstallation", """
        select epoch,
               current_setting('server_version'),
               current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
                   and current_setting('synchronous_commit') = 'on',
               (select count(*)::int from pg_stat_activity where datname = current_database()),
               pg_database_size(current_database())
        from installation
        """);

    public static async Task<(Guid Epoch, DatabaseStatus Database)> RunAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database,
            row => (row.GetGuid(0), new DatabaseStatus(row.GetString(1), row.GetBoolean(2), row.GetInt32(3), row.GetInt64(4))),
            cancellationToken);
        return rows.Single();
    }
}
