using Npgsql;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>How often a statement has run, or all of ours, and how many buffers it has looked at, cached or not, since Postgres began to count.</summary>
internal readonly record struct StatementBuffers(long Calls, long Buffers)
{
    /// <param name="statement">By the name that stands as a comment before its text; null: all that have one.</param>
    /// <returns>Null where Postgres does not count.</returns>
    public static async Task<StatementBuffers?> ReadAsync(NpgsqlDataSource owner, string? statement, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand("""
            select coalesce(sum(calls), 0)::bigint, coalesce(sum(shared_blks_hit + shared_blks_read), 0)::bigint
            from pg_stat_statements
            where dbid = (select oid from pg_database where datname = current_database()) and starts_with(query, $1)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = statement is null ? "/* " : $"/* {statement} */" });
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new StatementBuffers(reader.GetInt64(0), reader.GetInt64(1));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            return null;
        }
    }

    public static StatementBuffers operator -(StatementBuffers now, StatementBuffers before) => new(now.Calls - before.Calls, now.Buffers - before.Buffers);

    /// <summary>Null where it has not run since.</summary>
    public double? PerCallSince(StatementBuffers before) =>
        Calls > before.Calls ? Math.Round((double)(Buffers - before.Buffers) / (Calls - before.Calls), 1) : null;
}
