using Chat.Contracts.Operations;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Observability;

/// <summary>Reads pg_stat_statements for this database, the costliest first.</summary>
public static class ReadStatementStatistics
{
    private static readonly Statement Statement = new("ReadStatementStatistics", """
        select substring(query from '^/\* (\w+) \*/'),
               left(query, 1000),
               calls,
               mean_exec_time,
               max_exec_time,
               rows,
               shared_blks_hit::float8 / nullif(shared_blks_hit + shared_blks_read, 0)
        from pg_stat_statements
        where dbid = (select oid from pg_database where datname = current_database())
        order by total_exec_time desc
        limit $1
        """);

    /// <param name="database">The pooled database.</param>
    /// <param name="limit">How many statements at most.</param>
    public static async Task<IReadOnlyList<StatementStatistics>> RunAsync(
        NpgsqlDataSource database, int limit, CancellationToken cancellationToken) => await Statement.QueryAsync(
        database,
        row => new StatementStatistics(
            row.IsDBNull(0) ? null : row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetDouble(3), row.GetDouble(4),
            row.GetInt64(5), row.IsDBNull(6) ? null : row.GetDouble(6)),
        cancellationToken,
        new NpgsqlParameter { Value = limit, NpgsqlDbType = NpgsqlDbType.Integer });
}
