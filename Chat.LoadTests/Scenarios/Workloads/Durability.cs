using Npgsql;

namespace Chat.LoadTests.Scenarios.Workloads;

internal static class Durability
{
    /// <summary>Whether what is committed is on the disk.</summary>
    public static async Task<bool> ReadAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(
            "select bool_and(setting = 'on') from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')");
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
