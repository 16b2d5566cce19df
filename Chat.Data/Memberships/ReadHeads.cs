using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Memberships;

/// <summary>The latest rev of a conversation, or of a user's own stream.</summary>
public readonly record struct Head(Guid Id, long Rev);

/// <summary>Reads which of many streams have gone further than is known: where nothing was lost, no row.</summary>
public static class ReadHeads
{
    /// <summary>Streams of a kind in one statement: 2,000 look-ups by primary key take some 5 ms.</summary>
    public const int MaxStreams = 2_000;

    /// <summary>By the primary keys.</summary>
    private static readonly Statement Newer = new("ReadNewerHeads", """
        select false, c.id, c.last_rev
        from unnest($1::uuid[], $2::bigint[]) known (id, rev)
        join conversations c on c.id = known.id
        where c.last_rev > known.rev
        union all
        select true, s.user_id, s.last_rev
        from unnest($3::uuid[], $4::bigint[]) known (id, rev)
        join user_streams s on s.user_id = known.id
        where s.last_rev > known.rev
        """);

    /// <param name="conversations">What is known; at most <see cref="MaxStreams"/>, as of users.</param>
    /// <returns>Those that are newer, as they are now.</returns>
    /// <exception cref="NpgsqlException">The database refused it or could not be reached.</exception>
    public static async Task<(List<Head> Conversations, List<Head> Users)> NewerAsync(
        NpgsqlDataSource database, IReadOnlyCollection<Head> conversations, IReadOnlyCollection<Head> users, CancellationToken cancellationToken)
    {
        var rows = await Newer.QueryAsync(
            database, row => (OfUser: row.GetBoolean(0), Head: new Head(row.GetGuid(1), row.GetInt64(2))), cancellationToken,
            Ids(conversations), Revs(conversations), Ids(users), Revs(users));
        return ([.. rows.Where(r => !r.OfUser).Select(r => r.Head)], [.. rows.Where(r => r.OfUser).Select(r => r.Head)]);
    }

    private static NpgsqlParameter Ids(IReadOnlyCollection<Head> heads) => new() { Value = heads.Select(h => h.Id).ToArray() };

    private static NpgsqlParameter Revs(IReadOnlyCollection<Head> heads) => new() { Value = heads.Select(h => h.Rev).ToArray() };
}
