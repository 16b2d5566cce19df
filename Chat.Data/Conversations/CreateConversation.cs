using Chat.Contracts.Conversations;
using Chat.Data.Blocks;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Conversations;

/// <summary>Creates a conversation with its first members, all or nothing. Of a direct one there is only ever one a pair.</summary>
public static class CreateConversation
{
    /// <summary>
    /// Two that create the same direct conversation at once meet at the unique key of the pair: one waits for the other, and then
    /// inserts nothing. The user streams are taken in id order, so that two calls never wait for each other.
    /// </summary>
    private static readonly Statement Insert = new("CreateConversation", $"""
        with people as (
            select users.id from unnest($5) as wanted (id) join users using (id)
            where deleted_at is null and ($2 = 'direct' or not exists (select from blocks where (user_id, blocked_id) = (users.id, $4)))
            for key share of users
        ), sorted as (
            select array(select id from people order by id) as ids
        ), created as (
            insert into conversations (id, kind, title, last_rev, membership_version, member_count, first_member_ids, direct_low, direct_high)
            select $1, $2, $3, 1, 1, cardinality(ids), ids[1:5],
                   case when $2 = 'direct' then ids[1] end, case when $2 = 'direct' then ids[2] end
            from sorted
            where cardinality(ids) = cardinality($5) and case
                when $2 = 'direct' then not {Block.Between("ids[1]", "ids[2]")}
                else not exists (select from people where (select count(*) from members where user_id = people.id and left_at is null) >= $6)
            end
            on conflict (direct_low, direct_high) do nothing
            returning id
        ), member as (
            insert into members (conversation_id, user_id, role)
            select created.id, people.id, case when people.id = $4 and $2 <> 'direct' then 'owner' else 'member' end
            from created, people
        ), change as (
            insert into changes (conversation_id, rev, seq) select id, 1, 0 from created
        ), stream as (
            insert into user_streams (user_id, last_rev)
            select people.id, 1 from created, people order by people.id
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, last_rev, $1, 0 from stream
        )
        select exists (select from created), array(select id from unnest($5) as wanted (id) except select id from people)
        """);

    /// <summary>The one created, or else the direct one that there is.</summary>
    private static readonly Statement Read = new("ReadCreatedConversation", $"""
        select {ConversationRow.Columns}
        from members me
        join conversations c on c.id = me.conversation_id
        cross join installation
        where me.user_id = $2 and me.left_at is null and me.conversation_id = (
            select id from conversations where id = $1
            union all
            select id from conversations where direct_low = least($2, $3) and direct_high = greatest($2, $3)
            limit 1)
        """);

    /// <param name="id">The conversation's id, if it is created: a new one.</param>
    /// <param name="people">All members, the creator first, nobody twice; exactly two for a direct one.</param>
    /// <returns>
    /// The conversation that there is now, as the creator sees it; or who of the people does not exist or may not be added, and nothing was
    /// done. Neither: one of the two has blocked the other, or somebody is in too many conversations.
    /// </returns>
    public static async Task<(Conversation? Conversation, bool Created, IReadOnlyList<Guid> Unknown)> RunAsync(
        NpgsqlDataSource database, ConversationOptions limits, Guid id, ConversationKind kind, string? title, Guid creatorId, Guid[] people,
        CancellationToken cancellationToken)
    {
        var (created, unknown) = (false, Array.Empty<Guid>());
        Conversation? conversation = null;
        await StatementBatch.RunAsync(
            database, unread: [],
            [
                new BatchStep(
                    Insert,
                    Insert.Step(
                        Parameter.Of(id), Parameter.Of(kind.ToString().ToLowerInvariant()), Parameter.OrNull(title, NpgsqlDbType.Text),
                        Parameter.Of(creatorId), Parameter.Of(people), Parameter.Of((long)limits.ConversationsPerUser)),
                    row => (created, unknown) = (row.GetBoolean(0), row.GetFieldValue<Guid[]>(1))),
                new BatchStep(
                    Read,
                    Read.Step(
                        Parameter.Of(id), Parameter.Of(creatorId),
                        Parameter.OrNull(kind == ConversationKind.Direct ? people[1] : null, NpgsqlDbType.Uuid)),
                    row => conversation = ConversationRow.Map(row)),
            ],
            timeout: null, cancellationToken);
        return (conversation, created, unknown);
    }
}
