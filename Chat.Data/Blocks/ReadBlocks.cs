using Chat.Contracts.Accounts;
using Chat.Contracts.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Blocks;

/// <summary>Who has blocked whom.</summary>
public static class ReadBlocks
{
    /// <summary>By the primary key, from where the page before ended.</summary>
    private static readonly Statement List = new("ListBlocks", """
        select users.id, user_name, display_name
        from blocks
        join users on users.id = blocked_id
        where user_id = $1 and blocked_id > $2
        order by blocked_id
        limit $3
        """);

    /// <summary>One look-up by primary key a person and direction.</summary>
    private static readonly Statement Hidden = new("ReadHiddenPeople", $"""
        select id from unnest($2) as other (id) where {Block.Between("$1", "other.id")}
        """);

    /// <param name="after">The last user of the page before; an empty id begins with the first.</param>
    public static async Task<BlockList> PageAsync(
        NpgsqlDataSource database, Guid userId, Guid after, int limit, CancellationToken cancellationToken)
    {
        var rows = await List.QueryAsync(
            database, row => new UserProfile(row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellationToken,
            Parameter.Of(userId), Parameter.Of(after), Parameter.Of(limit + 1));
        return rows.Count <= limit ? new BlockList(rows) : new BlockList(rows[..limit], rows[limit - 1].Id.ToString());
    }

    /// <summary>Of some people, those whom the user is not to see online, nor they the user: either has blocked the other.</summary>
    public static async Task<IReadOnlySet<Guid>> HiddenAsync(
        NpgsqlDataSource database, Guid userId, Guid[] people, CancellationToken cancellationToken) =>
        (await Hidden.QueryAsync(database, row => row.GetGuid(0), cancellationToken, Parameter.Of(userId), Parameter.Of(people))).ToHashSet();
}
