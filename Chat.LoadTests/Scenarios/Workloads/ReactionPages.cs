using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;
using Npgsql;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Users who read one page of messages, each of which all hundred members have reacted to, with ten emoji.</summary>
internal sealed class ReactionPages : Workload
{
    private const int Members = 100;
    private const int PageSize = 50;

    private const string React = """
        with reaction as (
            insert into reactions (conversation_id, seq, user_id, emoji)
            select $1, seq, user_id, ($2::text[])[1 + (seq + n) % cardinality($2)]
            from generate_series(1, $3) as seq,
                 (select user_id, row_number() over (order by user_id) as n from members where conversation_id = $1 limit $4) as member
            returning conversation_id, seq
        )
        insert into recount_queue (conversation_id, seq) select distinct conversation_id, seq from reaction
        """;

    /// <summary>Entries of the indexes on reactions, and rows, that any statement has looked at.</summary>
    private const string Read = """
        select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'reactions')::bigint
             + (select seq_tup_read from pg_stat_user_tables where relname = 'reactions')
        """;

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private long _before;

    private ReactionPages(Preparation preparation, TestUsers people, IReadOnlyList<IUser> users)
        : base(users) => (_preparation, _people) = (preparation, people);

    public static async Task<Workload> Prepare(Preparation preparation, CancellationToken stop)
    {
        var people = await preparation.UsersAsync(Math.Max(Members, preparation.Scenario.Users), stop);
        var conversation = (await preparation.ConversationsAsync([Shapes.OneGroup("Reactions", people, PageSize)], stop))[0].Id;
        await ReactAsync(preparation.Stack.Owner(), conversation, stop);
        return new ReactionPages(preparation, people, [.. people.Take(preparation.Scenario.Users).Select((user, n) => new Reader(
            preparation.Client(user, n), "page", () => $"/api/conversations/{conversation}/messages?limit={PageSize}"))]);
    }

    public override async Task BeginAsync(Phase phase, CancellationToken stop) => _before = await ReadAsync(stop);

    /// <summary>
    /// Each page reads the reader's own reactions, one a message. Connections of the database tell what they have read once a second while
    /// they are used, so that is waited for, not for long.
    /// </summary>
    public override async Task<PhaseResult> EndAsync(PhaseResult result, bool isMain)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var read = 0L;
        do
        {
            await timer.WaitForNextTickAsync();
            read = await ReadAsync(CancellationToken.None) - _before;
        }
        while (read < result.Accepted * PageSize && TimeProvider.System.GetElapsedTime(started).TotalSeconds < Math.Min(12, 3 * result.DurationS));

        return result with { ReactionsReadPerCall = result.Accepted == 0 ? null : Math.Round((double)read / result.Accepted, 1) };
    }

    public override async Task<RunResult> SettleAsync(RunResult result, CancellationToken stop) =>
        result with { Fsync = await Durability.ReadAsync(_preparation.Stack.Owner(), stop) };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _people.DisposeAsync();
    }

    private static async Task ReactAsync(NpgsqlDataSource owner, Guid conversation, CancellationToken stop)
    {
        await using var react = owner.CreateCommand(React);
        react.Parameters.Add(new NpgsqlParameter { Value = conversation });
        react.Parameters.Add(new NpgsqlParameter { Value = Reactor.Emoji });
        react.Parameters.Add(new NpgsqlParameter { Value = PageSize });
        react.Parameters.Add(new NpgsqlParameter { Value = Members });
        await react.ExecuteNonQueryAsync(stop);
        await using var analyze = owner.CreateCommand("analyze reactions");
        await analyze.ExecuteNonQueryAsync(stop);
        if (await ClickRows.WaitUntilCountedAsync(owner, conversation, TimeSpan.FromSeconds(30), stop) > 0)
        {
            throw new CannotRunException("The reactions were not counted: is there a worker?");
        }
    }

    private async Task<long> ReadAsync(CancellationToken stop)
    {
        await using var command = _preparation.Stack.Owner().CreateCommand(Read);
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }
}
