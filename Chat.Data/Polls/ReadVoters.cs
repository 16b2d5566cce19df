using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Polls;

/// <summary>Who voted for what, for members; of an anonymous poll not one row is read.</summary>
public static class ReadVoters
{
    /// <summary>In the order of the primary key of votes, so that a page costs the same wherever it is.</summary>
    private static readonly Statement Statement = new("ReadVoters", $"""
        select m.kind, (m.content -> 'poll' ->> 'anonymous')::boolean, v.user_id, v.display_name, v.choices, v.voted_at
        from members me
        join messages m on m.conversation_id = me.conversation_id and m.seq = $3
        left join lateral (
            select v.*, u.display_name
            from votes v
            join users u on u.id = v.user_id
            where (v.conversation_id, v.seq) = (m.conversation_id, m.seq) and not (m.content -> 'poll' ->> 'anonymous')::boolean
              and ($4::integer is null or v.choices & (1 << $4) <> 0) and v.user_id > $5
            order by v.user_id
            limit $6
        ) v on true
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null and {HiddenMessages.LeftOut("m")}
        order by v.user_id
        """);

    /// <param name="option">The place of an option; null: all votes.</param>
    /// <param name="after">The last user of the page before; an empty id begins with the first.</param>
    public static async Task<VotersOutcome> RunAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, long seq, int? option, Guid after, int limit, CancellationToken cancellationToken)
    {
        var rows = await Statement.QueryAsync(
            database, Map, cancellationToken,
            Parameter.Of(conversationId), Parameter.Of(userId), Parameter.Of(seq), Parameter.Of(option), Parameter.Of(after), Parameter.Of(limit + 1));
        var voters = rows.Select(row => row.Voter).OfType<Voter>().ToList();
        return rows switch
        {
            [] => new VotersOutcome.NotFound(),
            [(Kind: not "poll", _, _), ..] => new VotersOutcome.NotPoll(),
            [(_, Anonymous: true, _), ..] => new VotersOutcome.Anonymous(),
            _ when voters.Count <= limit => new VotersOutcome.Page(new VoterList(voters)),
            _ => new VotersOutcome.Page(new VoterList(voters[..limit], voters[limit - 1].UserId.ToString())),
        };
    }

    private static (string Kind, bool? Anonymous, Voter? Voter) Map(NpgsqlDataReader row) => (
        row.GetString(0), row.IsDBNull(1) ? null : row.GetBoolean(1),
        row.IsDBNull(2) ? null : new Voter(
            row.GetGuid(2), row.GetString(3), Choices.Options(row.GetInt32(4)), row.GetFieldValue<DateTimeOffset>(5)));
}

/// <summary>What came of asking who voted.</summary>
public abstract record VotersOutcome
{
    private VotersOutcome()
    {
    }

    public sealed record Page(VoterList Voters) : VotersOutcome;

    public sealed record NotPoll : VotersOutcome;

    /// <summary>Nobody is told.</summary>
    public sealed record Anonymous : VotersOutcome;

    /// <summary>No such message for this user.</summary>
    public sealed record NotFound : VotersOutcome;
}
