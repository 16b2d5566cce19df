using Npgsql;

namespace Chat.Data.Statements;

/// <summary>A step of a <see cref="StatementBatch"/> that somebody reads.</summary>
/// <param name="Statement">Under whose name the batch's time is recorded.</param>
/// <param name="Command">What <see cref="Statements.Statement.Step"/> made.</param>
/// <param name="Read">Called for each row.</param>
internal sealed record BatchStep(Statement Statement, NpgsqlBatchCommand Command, Action<NpgsqlDataReader> Read);
