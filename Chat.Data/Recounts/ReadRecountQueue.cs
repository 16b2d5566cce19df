using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Recounts;

/// <summary>How much waits to be recounted, and for how long.</summary>
public static class ReadRecountQueue
{
    /// <summary>From end to end: it is empty but for moments, and a storm puts a place a batch in it, not one a click.</summary>
    private static readonly Statement Statement = new("ReadRecountQueue", """
        select count(*), coalesce(extract(epoch from clock_timestamp() - min(queued_at)), 0)::float8 from recount_queue
        """);

    public static async Task<(long Depth, TimeSpan Age)> RunAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        (await Statement.QueryAsync(database, row => (row.GetInt64(0), TimeSpan.FromSeconds(row.GetDouble(1))), cancellationToken))[0];
}
