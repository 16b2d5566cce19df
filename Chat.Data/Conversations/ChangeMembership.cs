using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Conversations;

/// <summary>
/// What a member sets for themself: mute and archive. Nobody else's affair: nothing of the conversation changes, and only their own stream
/// tells of it.
/// </summary>
public static class ChangeMembership
{
    private static readonly Statement SetMute = new("MuteConversation", $"""
        with updated as (
            update members
            set muted_until = $3
            where conversation_id = $1 and user_id = $2 and left_at is null and muted_until is distinct from $3
            returning user_id
        ), {OwnStream.Rows("updated")}
        select (select last_rev from stream) from members where conversation_id = $1 and user_id = $2 and left_at is null
        """);

    /// <summary>At the last seq as of now: a message that is being committed may be the first that brings it back.</summary>
    private static readonly Statement SetArchived = new("ArchiveConversation", $"""
        with wanted as (
            select case when $3 then last_seq end as seq from conversations where id = $1
        ), updated as (
            update members
            set archived_seq = wanted.seq
            from wanted
            where conversation_id = $1 and user_id = $2 and left_at is null and archived_seq is distinct from wanted.seq
            returning user_id
        ), {OwnStream.Rows("updated")}
        select (select last_rev from stream) from members where conversation_id = $1 and user_id = $2 and left_at is null
        """);

    /// <param name="until">Null: not muted. The greatest time: until further notice.</param>
    /// <returns>Null where the user is no member.</returns>
    public static Task<OwnOutcome?> MuteAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, DateTimeOffset? until, CancellationToken cancellationToken) =>
        RunAsync(database, SetMute, conversationId, userId, Parameter.OrNull(until?.ToUniversalTime(), NpgsqlDbType.TimestampTz), cancellationToken);

    /// <returns>Null where the user is no member.</returns>
    public static Task<OwnOutcome?> ArchiveAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, bool archived, CancellationToken cancellationToken) =>
        RunAsync(database, SetArchived, conversationId, userId, Parameter.Of(archived), cancellationToken);

    private static async Task<OwnOutcome?> RunAsync(
        NpgsqlDataSource database, Statement statement, Guid conversationId, Guid userId, NpgsqlParameter value,
        CancellationToken cancellationToken)
    {
        var rows = await statement.QueryAsync(
            database, row => new OwnOutcome(row.IsDBNull(0) ? null : row.GetInt64(0)), cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId), value);
        return rows.SingleOrDefault();
    }
}

/// <param name="OwnRev">Of the user's own stream; null: it was so before.</param>
public sealed record OwnOutcome(long? OwnRev);
