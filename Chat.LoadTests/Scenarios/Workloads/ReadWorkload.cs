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

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly Shelf? _shelf;
    private StatementBuffers? _before;

    private ReadWorkload(Preparation preparation, TestUsers people, IReadOnlyList<IUser> users, Shelf? shelf = null)
        : base(users) => (_preparation, _people, _shelf) = (preparation, people, shelf);

    public static Task<Workload> History(Preparation preparation, CancellationToken stop) => FromShelfAsync(
        preparation, (api, shelf, random) => new Reader(api, "history", () => $"/api/conversations/{shelf.Open.Id}/messages?limit={PageSize}"
            + (random.Next(2) == 0 ? "" : $"&before={random.NextInt64(PageSize, shelf.Open.LastSeq)}")), stop);

    public static Task<Workload> PageBack(Preparation preparation, CancellationToken stop) => FromShelfAsync(
        preparation, (api, shelf, _) => new PageTurner(api, () => shelf.Open.Id, PageSize), stop);

    public static async Task<Workload> ConversationList(Preparation preparation, CancellationToken stop)
    {
        var people = await PeopleAsync(preparation, stop);
        await preparation.ConversationsAsync(Shapes.Groups(people, Conversations, Members, messages: 10), stop);
        return new ReadWorkload(
            preparation, people, Readers(preparation, people, (api, _) => new Reader(api, "conversation-list", () => $"/api/conversations?limit={PageSize}")));
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

    public override async Task BeginAsync(Phase phase, CancellationToken stop)
    {
        _shelf?.Choose(phase.Messages ?? _preparation.Scenario.Messages);
        _before = await BuffersAsync(stop);
    }

    public override async Task<PhaseResult> EndAsync(PhaseResult result, bool isMain) =>
        result with { BuffersPerCall = _before is { } before ? (await BuffersAsync(CancellationToken.None))?.PerCallSince(before) : null };

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
        return new ReadWorkload(preparation, people, Readers(preparation, people, (api, random) => user(api, shelf, random)), shelf);
    }

    private static async Task<Workload> FromMediaAsync(
        Preparation preparation, string endpoint, Func<SeededConversation, Random, string> path, CancellationToken stop)
    {
        var people = await PeopleAsync(preparation, stop);
        var plan = new ConversationPlan("Pictures and files", people, new MessagePart(MessageKind.Image, Media), new MessagePart(MessageKind.File, Media));
        var open = (await preparation.ConversationsAsync([plan], stop))[0];
        return new ReadWorkload(
            preparation, people, Readers(preparation, people, (api, random) => new Reader(api, endpoint, () => path(open, random))));
    }

    private static Task<TestUsers> PeopleAsync(Preparation preparation, CancellationToken stop) =>
        preparation.UsersAsync(Math.Max(Members, preparation.Scenario.Users), stop);

    private static IUser[] Readers(Preparation preparation, TestUsers people, Func<ApiClient, Random, IUser> user) =>
        [.. people.Take(preparation.Scenario.Users).Select((p, n) => user(preparation.Client(p, n), preparation.Random(n)))];

    private async Task<StatementBuffers?> BuffersAsync(CancellationToken stop) => _shelf is null
        ? null
        : await StatementBuffers.ReadAsync(_preparation.Stack.Owner(), "ReadMessagesBefore", stop);
}
