using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Reactions;

/// <summary>Who reacted to a message with what, for members.</summary>
public static class ReadReactions
{
    /// <summary>In the order of reactions_emoji: emoji by emoji, of each the earliest first. A page costs the same wherever it is.</summary>
    private static readonly Statement Statement = new("ReadReactions", $"""
        select r.user_id, r.display_name, r.emoji, r.created_at
        from members me
        join messages m on m.conversation_id = me.conversation_id and m.seq = $3
        left join lateral (
            select r.*, u.display_name
            from reactions r
            join users u on u.id = r.user_id
            where (r.conversation_id, r.seq) = (m.conversation_id, m.seq) and ($4 = '' or r.emoji = $4)
              and (r.emoji, r.created_at, r.user_id) > ($5, $6, $7)
            order by r.emoji, r.created_at, r.user_id
            limit $8
        ) r on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null and {HiddenMessages.LeftOut("m")}
        order by r.emoji, r.created_at, r.user_id
        """);

    /// <param name="emoji">In its normal form; null: all.</param>
    /// <returns>Null where there is no such message, or the user is no member.</returns>
    public static async Task<ReactionList?> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long seq, string? emoji, ReactionCursor after, int limit,
        CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(seq), Parameter.Of(emoji ?? ""), Parameter.Of(after.Emoji),
            Parameter.Of(after.At), Parameter.Of(after.UserId), Parameter.Of(limit + 1));
        var reactions = rows.OfType<Reaction>().ToList();
        return rows.Count == 0 ? null
            : reactions.Count <= limit ? new ReactionList(reactions)
            : new ReactionList(reactions[..limit], CursorOf(reactions[limit - 1]).ToString());
    }

    private static ReactionCursor CursorOf(Reaction last) => new(last.Emoji, last.CreatedAt, last.UserId);

    private static Reaction? Map(NpgsqlDataReader row) => row.IsDBNull(0)
        ? null
        : new Reaction(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3));
}
