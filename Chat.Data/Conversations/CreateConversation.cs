using Chat.Contracts.Conversations;
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
    private static readonly Statement Insert = new("CreateConversation", """
        with people as (
            select users.id from unnest($5) as wanted (id) join users using (id) where deleted_at is null for key share of users
        ), sorted as (
            select array(select id from people order by id) as ids
        ), created as (
            insert into conversations (id, kind, title, last_rev, membership_version, member_count, first_member_ids, direct_low, direct_high)
            select $1, $2, $3, 1, 1, cardinality(ids), ids[1:5],
                   case when $2 = 'direct' then ids[1] end, case when $2 = 'direct' then ids[2] end
            from sorted
            where cardinality(ids) = cardinality($5)
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

    private static readonly Statement FindDirect = new("FindDirectConversation", """
        select id from conversations where direct_low = least($1, $2) and direct_high = greatest($1, $2)
        """);

    /// <param name="id">The conversation's id, if it is created: a new one.</param>
    /// <param name="people">All members, the creator among them, nobody twice; exactly two for a direct one.</param>
    /// <returns>The id of the conversation that there is now; or who of the people does not exist, and nothing was done.</returns>
    public static async Task<(Guid Id, bool Created, IReadOnlyList<Guid> Unknown)> RunAsync(
        NpgsqlDataSource database, Guid id, ConversationKind kind, string? title, Guid creatorId, Guid[] people,
        CancellationToken cancellationToken)
    {
        var rows = await Insert.QueryAsync(
            database, row => (Created: row.GetBoolean(0), Unknown: row.GetFieldValue<Guid[]>(1)), cancellationToken,
            Parameter.Of(id), Parameter.Of(kind.ToString().ToLowerInvariant()),
            new NpgsqlParameter { Value = title ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            Parameter.Of(creatorId), Parameter.Of(people));
        var (created, unknown) = rows.Single();
        if (created || unknown.Length > 0)
        {
            return (id, created, unknown);
        }

        var existing = await FindDirect.QueryAsync(
            database, row => row.GetGuid(0), cancellationToken, Parameter.Of(people[0]), Parameter.Of(people[1]));
        return (existing.Single(), false, []);
    }
}
