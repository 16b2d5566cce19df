using Chat.Data.Audit;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Operators;

/// <summary>What came of an operator's act upon a user.</summary>
/// <param name="Found">There is such a user, in a state in which this can be done.</param>
/// <param name="Last">Refused, because no operator would be left.</param>
/// <param name="EndedSessions">Sessions that ended by it, for every node to be told.</param>
public sealed record ActOutcome(bool Found, bool Last, IReadOnlyList<Guid> EndedSessions);

/// <summary>How the statements of operators' acts are run: after <see cref="LockOperators"/>, in the same round trip.</summary>
internal static class OperatorAct
{
    /// <param name="statement">Its parameters: $1 the user, $2 to $4 the actor, then <paramref name="more"/>. Returns the columns of an <see cref="ActOutcome"/>.</param>
    public static async Task<ActOutcome> RunAsync(
        NpgsqlDataSource database, Statement statement, Actor actor, Guid userId, CancellationToken cancellationToken,
        params NpgsqlParameter[] more)
    {
        var rows = await StatementBatch.QueryAsync(
            database, statement, row => new ActOutcome(row.GetBoolean(0), row.GetBoolean(1), row.GetFieldValue<Guid[]>(2)),
            timeout: null, cancellationToken,
            LockOperators.Step(userId), statement.Step([Parameter.Of(userId), .. actor.Parameters, .. more]));
        return rows.Single();
    }
}
