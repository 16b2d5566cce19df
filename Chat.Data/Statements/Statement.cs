using System.Diagnostics;
using System.Diagnostics.Metrics;
using Npgsql;

namespace Chat.Data.Statements;

/// <summary>
/// A whole SQL statement under a name. The name is the label of the histogram <c>chat.db.statement.duration</c> and stands
/// as a comment before the text, by which pg_stat_statements' rows are told apart.
/// </summary>
/// <param name="name">Names are different from one another.</param>
/// <param name="sql">With its parameters as $1, $2 and so on.</param>
/// <param name="types">
/// The types of the parameters, as <c>uuid, bigint</c>, exactly as they are sent: the database keeps the statement as a function and its plan in
/// each session (<see cref="PreparedStatement"/>). Null: it is planned each time.
/// </param>
public sealed class Statement(string name, string sql, string? types = null)
{
    /// <summary>The meter that exports statement timings.</summary>
    public const string MeterName = "Chat.Data";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "chat.db.statement.duration", unit: "s", description: "From sending a statement to having read its last row, as the client sees it.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
        });

    private readonly KeyValuePair<string, object?> _tag = new("statement", name);

    public string Name => name;

    /// <summary>The statement itself.</summary>
    public string Text { get; } = $"/* {name} */ {sql}";

    /// <summary>Null where it is planned each time.</summary>
    internal PreparedStatement? Prepared { get; } = types is null ? null : new PreparedStatement(name, sql, types);

    private string Sent => Prepared?.Call ?? Text;

    private string SentFor(int length) => length > PreparedStatement.MaxLength ? Text : Sent;

    /// <summary>Runs the statement and maps its rows, all of them before it returns.</summary>
    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public Task<List<T>> QueryAsync<T>(
        NpgsqlDataSource database, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        QueryAsync(database, Sent, map, cancellationToken, parameters);

    /// <summary>The same, of a statement whose parameters are arrays.</summary>
    /// <param name="length">Of the arrays.</param>
    internal Task<List<T>> QueryBatchAsync<T>(
        NpgsqlDataSource database, int length, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        QueryAsync(database, SentFor(length), map, cancellationToken, parameters);

    /// <summary>The statement as one step of a batch, whose time <see cref="StatementBatch"/> records.</summary>
    internal NpgsqlBatchCommand Step(params NpgsqlParameter[] parameters) => Command(Sent, parameters);

    /// <summary>The same, of a statement whose parameters are arrays.</summary>
    /// <param name="length">Of the arrays.</param>
    internal NpgsqlBatchCommand BatchStep(int length, params NpgsqlParameter[] parameters) => Command(SentFor(length), parameters);

    internal void Record(TimeSpan elapsed) => Duration.Record(elapsed.TotalSeconds, _tag);

    /// <summary>Runs the statement for its effect and returns the number of rows it changed.</summary>
    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public async Task<int> ExecuteAsync(NpgsqlDataSource database, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var started = Stopwatch.GetTimestamp();
        await using var command = database.CreateCommand(Text);
        command.Parameters.AddRange(parameters);
        var changed = await command.ExecuteNonQueryAsync(cancellationToken);
        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, _tag);
        return changed;
    }

    private async Task<List<T>> QueryAsync<T>(
        NpgsqlDataSource database, string text, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken, NpgsqlParameter[] parameters)
    {
        var started = Stopwatch.GetTimestamp();
        await using var command = database.CreateCommand(text);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, _tag);
        return rows;
    }

    private static NpgsqlBatchCommand Command(string text, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
