using Npgsql;

namespace Chat.Data.Messages;

/// <summary>Tells failures of the database from failures of a batch.</summary>
internal static class WriterFailure
{
    /// <summary>
    /// Whether the same batch may succeed later: the connection was lost or could not be had, or the server (or PgBouncer, which
    /// reports its own troubles as class 08) is out of something, shutting down, or chose it as the victim of a deadlock.
    /// Classes: PostgreSQL 15, appendix A. A lock not had in time (55P03) is not among them: it concerns one conversation.
    /// </summary>
    public static bool IsTransient(Exception e) => e switch
    {
        PostgresException postgres => postgres.SqlState[..2] is "08" or "40" or "53" or "57" or "58",
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>A label of bounded variety.</summary>
    public static string Name(Exception e) => e is PostgresException postgres ? postgres.SqlState : e.GetType().Name;
}
