using Chat.Data.Statements;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Chat.Data.Migrations;

/// <summary>
/// Brings a database to the state that this version needs: migrations, extensions, the application's role and its settings,
/// and the functions that its statements are kept as.
/// Needs a direct connection as the owner. May run at any time, any number of times, also at once: the second waits.
/// </summary>
public sealed class DatabaseMigrator(NpgsqlDataSource owner)
{
    /// <summary>Any number that no other program takes as an advisory lock on this database.</summary>
    private const long Lock = 0x43686174;

    /// <summary>For one step, and for the wait while another process migrates.</summary>
    private const int MaxSeconds = 600;

    /// <param name="applicationPassword">The password that the role <see cref="ApplicationRole.Name"/> is to have.</param>
    /// <param name="cancellationToken">Stops between steps; each step is done or not done.</param>
    /// <exception cref="NpgsqlException">The database could not be reached or refused a step.</exception>
    public async Task RunAsync(string applicationPassword, CancellationToken cancellationToken)
    {
        await using var locked = await owner.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(locked, $"select pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await ExecuteAsync(locked, "create extension if not exists pg_stat_statements", cancellationToken);
            await ExecuteAsync(locked, ApplicationRole.Sql(applicationPassword), cancellationToken);
            var options = new DbContextOptionsBuilder<ChatDb>().UseNpgsql(owner).Options;
            await using var database = new ChatDb(options);
            await database.Database.MigrateAsync(cancellationToken);
            await ExecuteAsync(locked, ApplicationRole.KeepHistoryReadOnly, cancellationToken);
            await PreparedStatements.CreateAsync(owner, cancellationToken);
        }
        finally
        {
            // The pool keeps the session, and with it the lock, until the connection is used again.
            await ExecuteAsync(locked, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = MaxSeconds };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
