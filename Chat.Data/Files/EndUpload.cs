using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>
/// Ends an upload that is not to become a file. Whoever is writing to it finds out when they save. The row stays for a minute, since it counts
/// for the owner's rate; then the worker removes it, and what may be left of its bytes.
/// </summary>
public static class EndUpload
{
    private static readonly Statement Statement = new("EndUpload", """
        update uploads set ended_at = clock_timestamp(), expires_at = clock_timestamp() + interval '1 minute'
        where id = $1 and owner_id = $2 and ended_at is null and finished_at is null
        """);

    /// <returns>False where there is none of that owner under way.</returns>
    public static async Task<bool> RunAsync(NpgsqlDataSource database, Guid id, Guid ownerId, CancellationToken cancellationToken) =>
        await Statement.ExecuteAsync(database, cancellationToken, Parameter.Of(id), Parameter.Of(ownerId)) == 1;
}
