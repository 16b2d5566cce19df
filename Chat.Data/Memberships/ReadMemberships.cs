using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Memberships;

/// <summary>A user is a member of a conversation, as of its membership version <paramref name="Version"/>.</summary>
/// <param name="Head">The conversation's latest rev.</param>
/// <param name="OwnRev">The latest rev of the user's own stream; 0 where it was not asked for.</param>
public readonly record struct Membership(Guid ConversationId, Guid UserId, long Version, long Head, long OwnRev = 0);

/// <summary>
/// Reads who hears what, many at once: the users of the connections that came together, the conversations whose members changed
/// together. Each answer is one snapshot: version and members belong to each other.
/// </summary>
public static class ReadMemberships
{
    /// <summary>By the index members_user_id, which holds no one who left. A user without conversations is a row without one.</summary>
    private static readonly Statement OfUsers = new("ReadMembershipsOfUsers", """
        select m.conversation_id, u.id, c.membership_version, c.last_rev, s.last_rev
        from unnest($1::uuid[]) u (id)
        left join user_streams s on s.user_id = u.id
        left join members m on m.user_id = u.id and m.left_at is null
        left join conversations c on c.id = m.conversation_id
        """);

    /// <summary>By the primary keys. A conversation without members is a row without a user; an unknown one is none.</summary>
    private static readonly Statement OfConversations = new("ReadMembersOfConversations", """
        select c.id, m.user_id, c.membership_version, c.last_rev, null::bigint
        from conversations c
        left join members m on m.conversation_id = c.id and m.left_at is null
        where c.id = any($1)
        """);

    /// <summary>A user without conversations has one row, whose conversation is <see cref="Guid.Empty"/>.</summary>
    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public static Task<List<Membership>> OfUsersAsync(NpgsqlDataSource database, Guid[] userIds, CancellationToken cancellationToken) =>
        OfUsers.QueryAsync(database, Map, cancellationToken, new NpgsqlParameter { Value = userIds });

    /// <summary>A conversation without members has one row, whose user is <see cref="Guid.Empty"/>.</summary>
    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public static Task<List<Membership>> OfConversationsAsync(
        NpgsqlDataSource database, Guid[] conversationIds, CancellationToken cancellationToken) =>
        OfConversations.QueryAsync(database, Map, cancellationToken, new NpgsqlParameter { Value = conversationIds });

    private static Membership Map(NpgsqlDataReader row) =>
        new(IdOrNone(row, 0), IdOrNone(row, 1), NumberOr0(row, 2), NumberOr0(row, 3), NumberOr0(row, 4));

    private static Guid IdOrNone(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? Guid.Empty : row.GetGuid(column);

    private static long NumberOr0(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);
}
