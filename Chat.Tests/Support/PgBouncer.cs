using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Chat.Tests.Support;

/// <summary>Asks PgBouncer's own console, which speaks the simple protocol only: psql does, Npgsql does not.</summary>
internal static class PgBouncer
{
    /// <summary>How many queries it has passed on to the chat database since it was started.</summary>
    public static async Task<long> QueriesAsync(ChatApplication chat)
    {
        var to = new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("pgbouncer"));
        var start = new ProcessStartInfo("psql", ["-h", to.Host!, "-p", $"{to.Port}", "-U", to.Username!, "-AtF,", "-c", "SHOW STATS", "pgbouncer"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PGPASSWORD"] = to.Password;
        using var psql = Process.Start(start)!;
        var rows = await psql.StandardOutput.ReadToEndAsync();
        await psql.WaitForExitAsync();

        // database, total_xact_count, total_query_count, …
        var chatRow = rows.Split('\n').Select(row => row.Split(',')).Single(columns => columns[0] == to.Database);
        return long.Parse(chatRow[2], CultureInfo.InvariantCulture);
    }
}
