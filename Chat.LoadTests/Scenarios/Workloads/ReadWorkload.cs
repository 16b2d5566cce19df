using Chat.Contracts.Messages;
using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Users who read.</summary>
internal sealed class ReadWorkload : Workload
{
    private const int Members = 100;
    private const int PageSize = 50;
    private const int Conversations = 100;
    private const int Media = 100;
    private const string List = "ListConversations";
    private const string Worker = "worker";

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly string? _statement;
    private readonly Action<Phase> _choose;
    private StatementBuffers? _before;
    private StatementBuffers? _allBefore;

    /// <param name="statement">The one behind the reading, by its name; null: there are several.</param>
    /// <param name="choose">Told of each phase before it begins.</param>
    private ReadWorkload(Preparation preparation, TestUsers people, IReadOnlyList<IUser> users, string? statement = null, Action<Phase>? choose = null)
        : base(users) => (_preparation, _people, _statement, _choose) = (preparation, people, statement, choose ?? (_ => { }));

    public static Task<Workload> History(Preparation preparation, CancellationToken stop) => FromShelfAsync(
        preparation, (api, shelf, random) => new Reader(api, "history", () => $"/api/conversations/{shelf.Open.Id}/messages?limit={PageSize}"
            + (random.Next(2) == 0 ? "" : $"&before={random.NextInt64(PageSize, shelf.Open.LastSeq)}")), stop);

    public static Task<Workload> PageBack(Preparation preparation, CancellationToken stop) => FromShelfAsync(
        preparation, (api, shelf, _) => new PageTurner(api, () => shelf.Open.Id, PageSize), stop);

    public static async Task<Workload> ConversationList(Preparation preparation, CancellationToken stop)
    {
        var people = await PeopleAsync(preparation, stop);
        await preparation.ConversationsAsync(Shapes.Groups(people, Conversations, Members, messages: 10), stop);
        return new ReadWorkload(preparation, people, Readers(preparation, people, (api, _) => Lister(api)), List);
    }

    /// <summary>
    /// Two crowds, alike but for the size of their conversations, as the phases say it: as many people, each in as many conversations, so that
    /// the rows of one person lie as far apart in both.
    /// </summary>
    public static async Task<Workload> ConversationListBySize(Preparation preparation, CancellationToken stop)
    {
        int[] sizes = [.. preparation.Scenario.Phases.Select(phase => phase.Members ?? Members).Distinct()];
        var each = sizes.Max();
        var people = await preparation.UsersAsync(sizes.Length * each, stop);
        var crowds = sizes.Zip(people.Chunk(each)).ToDictionary(crowd => crowd.First, crowd => crowd.Second);
        await preparation.ConversationsAsync(
            crowds.SelectMany(crowd => Shapes.Groups(crowd.Value, Conversations * each / crowd.Key, crowd.Key, messages: 3))
                // A list names who spoke last: as many people in both cases.
                .Select(plan => plan with { Speakers = sizes.Min() }), stop);
        var size = sizes[0];
        var users = Enumerable.Range(0, preparation.Scenario.Users).Select(n => new Shifting<int>(
            crowds.ToDictionary(crowd => crowd.Key, crowd => Lister(preparation.Client(crowd.Value[n], n))), () => Volatile.Read(ref size)));
        return new ReadWorkload(preparation, people, [.. users], List, phase => Volatile.Write(ref size, phase.Members ?? Members));
    }

    /// <summary>One conversation of 100 images and 100 files, of which users list now the ones and now the others.</summary>
    public static Task<Workload> FileList(Preparation preparation, CancellationToken stop) => FromMediaAsync(
        preparation, "file-list", (open, random) => $"/api/conversations/{open.Id}/files?limit={PageSize}&kind={(random.Next(2) == 0 ? "image" : "file")}", stop);

    /// <summary>The same, of which they open the pages with pictures.</summary>
    public static Task<Workload> MediaOpen(Preparation preparation, CancellationToken stop) => FromMediaAsync(
        preparation, "media-open", (open, random) => $"/api/conversations/{open.Id}/messages?limit={PageSize}&before={random.Next(PageSize, Media) + 1}", stop);

    /// <summary>Everybody is in a room, and away from it while the scenario's messages are sent.</summary>
    public static async Task<Workload> Changes(Preparation preparation, CancellationToken stop)
    {
        var people = await preparation.UsersAsync(Math.Max(preparation.Scenario.RoomSize, preparation.Scenario.Users), stop);
        var absences = await Absences.CreateAsync(preparation, people, stop);
        return new ReadWorkload(
            preparation, people, [.. people.Take(preparation.Scenario.Users).Select((user, number) => new Returner(
                preparation.Client(user, number), absences[number / preparation.Scenario.RoomSize], PageSize, preparation.Random(number)))]);
    }

    public override bool HasKilled(string process) => process == Worker && _preparation.Scenario.WithoutWorker;

    public override async Task BeginAsync(Phase phase, CancellationToken stop)
    {
        _choose(phase);
        _before = _statement is null ? null : await BuffersAsync(_statement, stop);
        _allBefore = await BuffersAsync(null, stop);
    }

    public override async Task<PhaseResult> EndAsync(PhaseResult result, bool isMain)
    {
        var all = await BuffersAsync(null, CancellationToken.None);
        return result with
        {
            BuffersPerCall = _before is { } before ? (await BuffersAsync(_statement, CancellationToken.None))?.PerCallSince(before) : null,
            StatementsPerCall = result.Accepted == 0 ? null : Math.Round((double)((all - _allBefore)?.Calls ?? 0) / result.Accepted, 3),
        };
    }

    public override async Task<RunResult> SettleAsync(RunResult result, CancellationToken stop) =>
        result with { Fsync = await Durability.ReadAsync(_preparation.Stack.Owner(), stop) };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _people.DisposeAsync();
    }

    private static async Task<Workload> FromShelfAsync(
        Preparation preparation, Func<ApiClient, Shelf, Random, IUser> user, CancellationToken stop)
    {
        var people = await PeopleAsync(preparation, stop);
        var lengths = preparation.Scenario.Phases.Select(phase => phase.Messages ?? preparation.Scenario.Messages).Distinct();
        var shelf = new Shelf(await preparation.ConversationsAsync(
            lengths.Select(messages => Shapes.OneGroup($"A history of {messages}", people, messages)), stop));
        return new ReadWorkload(
            preparation, people, Readers(preparation, people, (api, random) => user(api, shelf, random)), "ReadMessagesBefore",
            phase => shelf.Choose(phase.Messages ?? preparation.Scenario.Messages));
    }

    private static async Task<Workload> FromMediaAsync(
        Preparation preparation, string endpoint, Func<SeededConversation, Random, string> path, CancellationToken stop)
    {
        var people = await PeopleAsync(preparation, stop);
        var plan = new ConversationPlan("Pictures and files", people, new MessagePart(MessageKind.Image, Media), new MessagePart(MessageKind.File, Media));
        var seeded = await preparation.ConversationsAsync([plan, Shapes.OneGroup("Text", people, 2 * Media)], stop);
        var (open, text, ofText) = (seeded[0], seeded[1], false);
        var users = Readers(preparation, people, (api, random) => new Shifting<bool>(
            new Dictionary<bool, IUser>
            {
                [false] = new Reader(api, endpoint, () => path(open, random)),
                [true] = new Reader(api, "text", () => $"/api/conversations/{text.Id}/messages?limit={PageSize}&before={random.Next(PageSize, 2 * Media) + 1}"),
            },
            () => Volatile.Read(ref ofText)));
        if (preparation.Scenario.WithoutWorker)
        {
            await preparation.Stack.KillAsync(Worker);
        }

        return new ReadWorkload(preparation, people, users, choose: phase => Volatile.Write(ref ofText, phase.OfText));
    }

    private static Task<TestUsers> PeopleAsync(Preparation preparation, CancellationToken stop) =>
        preparation.UsersAsync(Math.Max(Members, preparation.Scenario.Users), stop);

    private static IUser[] Readers(Preparation preparation, TestUsers people, Func<ApiClient, Random, IUser> user) =>
        [.. people.Take(preparation.Scenario.Users).Select((p, n) => user(preparation.Client(p, n), preparation.Random(n)))];

    private static IUser Lister(ApiClient api) => new Reader(api, "conversation-list", () => $"/api/conversations?limit={PageSize}");

    private Task<StatementBuffers?> BuffersAsync(string? statement, CancellationToken stop) =>
        StatementBuffers.ReadAsync(_preparation.Stack.Owner(), statement, stop);
}
