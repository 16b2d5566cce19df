using Chat.Contracts.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>Finds channels whose title begins with a text, letter case aside.</summary>
public static class FindChannels
{
    /// <summary>
    /// A range of conversations_channels, read from where the page before ended. U+10FFFF sorts after every text that begins with the prefix;
    /// the bounds are scalar subqueries, so that the index is read in its order and stops at the limit.
    /// </summary>
    private static readonly Statement Statement = new("FindChannels", """
        with bounds as materialized (
            select lower($1 collate "und-x-icu") collate "C" as low, (lower($1 collate "und-x-icu") collate "C") || U&'\+10FFFF' as high
        )
        select c.id, c.title, c.description, c.picture_id, c.member_count,
               exists (select from members m where (m.conversation_id, m.user_id) = (c.id, $2) and m.left_at is null),
               lower(c.title collate "und-x-icu") collate "C" as key
        from conversations c
        where kind = 'channel' and deleted_at is null
          and lower(c.title collate "und-x-icu") collate "C" >= (select low from bounds)
          and lower(c.title collate "und-x-icu") collate "C" < (select high from bounds)
          and (lower(c.title collate "und-x-icu") collate "C", c.id) > ($3, $4)
        order by lower(c.title collate "und-x-icu") collate "C", c.id
        limit $5
        """);

    /// <param name="prefix">What the title begins with; empty finds all.</param>
    /// <param name="after">Null: the first page.</param>
    public static async Task<(IReadOnlyList<Channel> Items, Position? Next)> RunAsync(
        NpgsqlDataSource database, Guid userId, string prefix, Position? after, int limit, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there is a next page.
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(prefix), Parameter.Of(userId), Parameter.Of(after?.Key ?? ""), Parameter.Of(after?.Id ?? Guid.Empty),
            Parameter.Of(limit + 1));
        return rows.Count <= limit
            ? ([.. rows.Select(row => row.Channel)], null)
            : ([.. rows[..limit].Select(row => row.Channel)], new Position(rows[limit - 1].Key, rows[limit - 1].Channel.Id));
    }

    private static (Channel Channel, string Key) Map(NpgsqlDataReader row) => (
        new Channel(
            row.GetGuid(0), row.GetString(1), row.GetInt32(4), row.GetBoolean(5), row.IsDBNull(2) ? null : row.GetString(2),
            row.IsDBNull(3) ? null : row.GetGuid(3)),
        row.GetString(6));

    /// <summary>A place in the list: the title in lower case, then the id.</summary>
    public sealed record Position(string Key, Guid Id);
}
