using Chat.Contracts.Messages;
using Chat.Data.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Messages;

/// <summary>
/// What has changed in a conversation since a rev, for its members: present states, each once in a page. A state may be newer than
/// the page reaches; then its later change comes again in a later page, and changes nothing any more.
/// </summary>
public static class ReadChanges
{
    /// <summary>
    /// By the primary keys of changes, which holds the seq as well, of messages and of hidden_messages, which the reader is not told of. A
    /// page ends where its texts reach $5 bytes, after one message at least; whatever is left out has its latest change after what is in,
    /// so that it comes with the next page. The length of a stored text is known without reading it.
    /// </summary>
    private static readonly Statement Statement = new("ReadChanges", $"""
        select c.last_rev, c.kept_rev, epoch, change_rev, change_seq, {MessageRow.Columns}
        from members me
        join conversations c on c.id = me.conversation_id
        cross join installation
        left join lateral (
            select change.rev as change_rev, change.seq as change_seq, m.*,
                   sum(octet_length(m.text) + coalesce(octet_length(m.content::text), 0)) over (order by change.rev rows between unbounded preceding and 1 preceding) as bytes_before
            from (
                select seq, max(rev) as rev
                from (select seq, rev from changes where conversation_id = c.id and rev > $3 order by rev limit $4) as page
                group by seq
            ) change
            left join messages m on m.conversation_id = c.id and m.seq = change.seq and not exists (
                select from hidden_messages h where (h.user_id, h.conversation_id, h.seq) = (me.user_id, m.conversation_id, m.seq))
        ) m on coalesce(bytes_before, 0) < $5
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null
        order by change_rev
        """, "uuid, uuid, bigint, int, bigint");

    /// <param name="limit">How many changes one page covers at most.</param>
    public static async Task<ChangesOutcome> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, ChangesToken since, int limit, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(since.Rev), Parameter.Of(limit),
            Parameter.Of((long)ChangeLimits.PageBytes));
        if (rows.Count == 0)
        {
            return new ChangesOutcome.NotMember();
        }

        var head = rows[0];
        if (since.Epoch != head.Epoch || since.Rev < head.KeptRev || since.Rev > head.LastRev)
        {
            return new ChangesOutcome.Gone();
        }

        var reached = rows[^1].Rev ?? head.LastRev;
        var page = new ChangePage(
            [.. rows.Select(row => row.Message).OfType<Message>()],
            reached, new ChangesToken(head.Epoch, reached).ToString(), More: reached < head.LastRev,
            Reload: head.LastRev - since.Rev > ChangeLimits.ReloadBeyond);
        if (rows.All(row => row.Seq != 0))
        {
            return new ChangesOutcome.Page(page);
        }

        var conversation = await ReadConversations.SharedAsync(database, conversationId, cancellationToken);
        return new ChangesOutcome.Page(page with { Conversation = conversation });
    }

    private static Row Map(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetGuid(2),
        row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4), MessageRow.Map(row, first: 5));

    private readonly record struct Row(long LastRev, long KeptRev, Guid Epoch, long? Rev, long? Seq, Message? Message);
}

/// <summary>What came of asking for changes.</summary>
public abstract record ChangesOutcome
{
    private ChangesOutcome()
    {
    }

    public sealed record Page(ChangePage Changes) : ChangesOutcome;

    /// <summary>Another history's token, or one from before what is kept: only a reload helps.</summary>
    public sealed record Gone : ChangesOutcome;

    public sealed record NotMember : ChangesOutcome;
}
