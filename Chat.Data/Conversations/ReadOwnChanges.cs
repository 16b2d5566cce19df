using Chat.Contracts.Conversations;
using Chat.Data.Polls;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>
/// What has changed in a user's own stream since a rev: present states, each once in a page. Messages sent, which move their sender's
/// own cursor, are not in it: that would be a row a message; the message itself tells of them.
/// </summary>
public static class ReadOwnChanges
{
    /// <summary>
    /// By the primary keys of user_streams, user_changes, members, conversations, reactions, votes and hidden_messages. Of conversations that the user is no
    /// member of it tells nothing but that.
    /// </summary>
    private static readonly Statement Statement = new("ReadOwnChanges", $"""
        select {ConversationRow.Columns},
               coalesce(s.last_rev, 0), coalesce(s.kept_rev, 0), change.rev, change.conversation_id, change.seq, me.user_id is not null,
               array(
                   select emoji from reactions r
                   where (r.conversation_id, r.seq, r.user_id) = (change.conversation_id, change.seq, $1)
                   order by r.created_at, emoji),
               exists (
                   select from hidden_messages h
                   where (h.user_id, h.conversation_id, h.seq) = ($1, change.conversation_id, change.seq)),
               (select choices from votes v where (v.conversation_id, v.seq, v.user_id) = (change.conversation_id, change.seq, $1))
        from installation
        left join user_streams s on s.user_id = $1
        left join lateral (
            select conversation_id, seq, max(rev) as rev
            from (select conversation_id, seq, rev from user_changes where user_id = $1 and rev > $2 order by rev limit $3) as page
            group by conversation_id, seq
        ) change on true
        left join members me on me.conversation_id = change.conversation_id and me.user_id = $1 and me.left_at is null
        left join conversations c on c.id = me.conversation_id and change.seq = 0
        order by change.rev
        """, "uuid, bigint, int");

    /// <param name="since">Null: nothing but the present token is wanted.</param>
    /// <param name="limit">How many changes one page covers at most.</param>
    /// <returns>Null for another history's token, or one from before what is kept: only a reload helps.</returns>
    public static async Task<OwnChangePage?> RunAsync(
        NpgsqlDataSource database, Guid userId, ChangesToken? since, int limit, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken, Parameter.Of(userId), Parameter.Of(since?.Rev ?? long.MaxValue), Parameter.Of(limit));
        var head = rows[0];
        if (since is { } token && (token.Epoch != head.Epoch || token.Rev < head.KeptRev || token.Rev > head.LastRev))
        {
            return null;
        }

        var reached = rows[^1].Rev ?? head.LastRev;
        return new OwnChangePage(
            [.. rows.Where(row => row.Seq == 0).Select(row => new OwnConversation(row.ConversationId, row.Conversation))],
            [.. rows.Where(row => row is { Seq: > 0, IsMember: true })
                .Select(row => new OwnMessage(row.ConversationId, row.Seq, row.Reactions, row.Hidden, row.Vote))],
            reached, new ChangesToken(head.Epoch, reached).ToString(), More: reached < head.LastRev);
    }

    private static Row Map(NpgsqlDataReader row)
    {
        const int Own = ConversationRow.Width;
        var (epoch, lastRev, keptRev) = (row.GetGuid(18), row.GetInt64(Own), row.GetInt64(Own + 1));
        return row.IsDBNull(Own + 2)
            ? new Row(epoch, lastRev, keptRev, Rev: null, Guid.Empty, Seq: -1, IsMember: false, Conversation: null, [], Hidden: false, Vote: null)
            : new Row(
                epoch, lastRev, keptRev, row.GetInt64(Own + 2), row.GetGuid(Own + 3), row.GetInt64(Own + 4), row.GetBoolean(Own + 5),
                row.IsDBNull(0) ? null : ConversationRow.Map(row), row.GetFieldValue<string[]>(Own + 6), row.GetBoolean(Own + 7),
                row.IsDBNull(Own + 8) ? null : Choices.Options(row.GetInt32(Own + 8)));
    }

    /// <param name="Rev">Null in the one row that there is where nothing has changed.</param>
    private sealed record Row(
        Guid Epoch, long LastRev, long KeptRev, long? Rev, Guid ConversationId, long Seq, bool IsMember, Conversation? Conversation,
        IReadOnlyList<string> Reactions, bool Hidden, IReadOnlyList<int>? Vote);
}
