using System.Text.Json;
using Chat.Contracts.Operations;

namespace Chat.Data.Audit;

/// <summary>
/// The part of a statement that adds to the audit log. It stands in the statement that does the act, as one more common table
/// expression: there is no act without its row, no row without an act, and no further round trip.
/// </summary>
internal static class AuditRow
{
    /// <param name="act">What was done.</param>
    /// <param name="actor">The number of the first of three parameters, those of <see cref="Actor.Parameters"/>.</param>
    /// <param name="rows">What was done it to: the name of a common table expression, one row of the log for each of its rows.</param>
    /// <param name="user">To whom, as SQL.</param>
    /// <param name="conversation">Where, as SQL.</param>
    /// <param name="details">What else is to be known of it, as SQL of type jsonb; never what anybody wrote in a conversation.</param>
    public static string Insert(
        AuditAct act, int actor, string rows, string user = "null", string conversation = "null", string details = "null") => $"""
        insert into audit_log (act, actor_id, by_key, trace_id, user_id, conversation_id, details)
        select '{Name(act)}', ${actor}, ${actor + 1}, ${actor + 2}, {user}, {conversation}, {details} from {rows}
        """;

    /// <summary>As the log has it, and the API.</summary>
    public static string Name(AuditAct act) => JsonNamingPolicy.CamelCase.ConvertName(act.ToString());
}
