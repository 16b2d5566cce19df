using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Memberships;

/// <summary>A user is a member of a conversation, as of its membership version <paramref name="Version"/>.</summary>
public readonly record struct Membership(Guid ConversationId, Guid UserId, long Version);

/// <summary>
/// Reads who hears what, many at once: the users of the connections that came together, the conversations whose members changed
/// together. Each answer is one snapshot: version and members belong to each other.
/// </summary>
public static class ReadMemberships
{
    /// <summary>By the index members_user_id, which holds no one who left.</summary>
    private static readonly Statement OfUsers = new("ReadMembershipsOfUsers", """
        select m.conversation_id, m.user_id, c.membership_version
        from members m
        join conversations c on c.id = m.conversation_id
        where m.user_id = any($1) and m.left_at is null
        """);

    /// <summary>By the primary keys. A conversation without members is a row without a user; an unknown one is none.</summary>
    private static readonly Statement OfConversations = new("ReadMembersOfConversations", """
        select c.id, m.user_id, c.membership_version
        from conversations c
        left join members m on m.conversation_id = c.id and m.left_at is null
        where c.id = any($1)
        """);

    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public static Task<List<Membership>> OfUsersAsync(NpgsqlDataSource database, Guid[] userIds, CancellationToken cancellationToken) =>
        OfUsers.QueryAsync(database, Map, cancellationToken, new NpgsqlParameter { Value = userIds });

    /// <summary>A conversation without members has one row, whose user is <see cref="Guid.Empty"/>.</summary>
    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public static Task<List<Membership>> OfConversationsAsync(
        NpgsqlDataSource database, Guid[] conversationIds, CancellationToken cancellationToken) =>
        OfConversations.QueryAsync(database, Map, cancellationToken, new NpgsqlParameter { Value = conversationIds });

    private static Membership Map(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.IsDBNull(1) ? Guid.Empty : row.GetGuid(1), row.GetInt64(2));
}
