using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>People who do all that one does, and others beside them who register, sign in, or flood.</summary>
internal sealed class MixedWorkload : Workload
{
    public const string Registers = "register";
    public const string Logins = "login";
    public const string Flood = "flood";

    private const int Everybody = 100;
    private const int AtOnce = 16;

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<IUser>> _beside;

    private MixedWorkload(
        Preparation preparation, TestUsers people, IReadOnlyList<IUser> users, IReadOnlyDictionary<string, IReadOnlyList<IUser>> beside)
        : base(users) => (_preparation, _people, _beside) = (preparation, people, beside);

    public override IEnumerable<string> Notes =>
    [
        "Search and notifications, a tenth of the mix each, are not built yet: their part is shared out over the others.",
        .. _people.Lapsed > 0 ? [$"{_people.Lapsed} tokens could not be renewed in time."] : (string[])[],
    ];

    /// <summary>With sign-ins beside them.</summary>
    public static async Task<Workload> WithSignIns(Preparation preparation, CancellationToken stop)
    {
        var (people, conversations) = await PeopleAsync(preparation, stop);
        var names = 0;
        return new MixedWorkload(preparation, people, Mixed(preparation, people, conversations), new Dictionary<string, IReadOnlyList<IUser>>
        {
            [Registers] = [.. Several(n => new Registrant(Anybody(n), () => NewName("r")))],
            [Logins] = await VisitorsAsync(),
        });

        ApiClient Anybody(int number) => new(preparation.Stack.Api[number % preparation.Stack.Api.Count], accessToken: null);

        string NewName(string kind) => $"{people.Prefix}{kind}{Interlocked.Increment(ref names)}";

        async Task<IReadOnlyList<IUser>> VisitorsAsync()
        {
            var recorder = new Recorder();
            var visitors = new List<IUser>();
            for (var n = 0; n < AtOnce; n++)
            {
                var name = NewName("v");
                using var registrant = new Registrant(Anybody(n), () => name);
                await registrant.ActAsync(System.Diagnostics.Stopwatch.GetTimestamp(), recorder, stop);
                visitors.Add(new Visitor(Anybody(n), name));
            }

            return recorder.Errors == 0 ? visitors : throw new CannotRunException("The accounts that are to be signed in to cannot be made.");
        }
    }

    /// <summary>With one user beside them who asks for far more than they are granted, from many connections, in everybody's conversation.</summary>
    public static async Task<Workload> WithFlood(Preparation preparation, CancellationToken stop)
    {
        var (people, conversations) = await PeopleAsync(preparation, stop);
        var (flooder, room) = (people[^1], conversations[0]);
        return new MixedWorkload(preparation, people, Mixed(preparation, people, conversations), new Dictionary<string, IReadOnlyList<IUser>>
        {
            [Flood] = [.. Several(n => new Flooder(
                preparation.Client(flooder, n), room.Id,
                new Sender(preparation.Client(flooder, n), [room.Id], () => "me again", preparation.Random(n), (_, _, _) => { })))],
        });
    }

    public override IReadOnlyList<IUser> Beside(string name) => _beside[name];

    public override async Task<RunResult> SettleAsync(RunResult result, CancellationToken stop) =>
        result with { Fsync = await Durability.ReadAsync(_preparation.Stack.Owner(), stop) };

    public override async ValueTask DisposeAsync()
    {
        foreach (var user in _beside.Values.SelectMany(users => users))
        {
            user.Dispose();
        }

        await base.DisposeAsync();
        await _people.DisposeAsync();
    }

    private static IEnumerable<IUser> Several(Func<int, IUser> user) => Enumerable.Range(0, AtOnce).Select(user);

    /// <summary>One more than act, in a conversation of all and some of twenty.</summary>
    private static async Task<(TestUsers People, IReadOnlyList<SeededConversation> Conversations)> PeopleAsync(Preparation preparation, CancellationToken stop)
    {
        var people = await preparation.UsersAsync(Math.Max(Everybody, preparation.Scenario.Users) + 1, stop);
        return (people, await preparation.ConversationsAsync(
            [Shapes.OneGroup("Everybody", people, messages: 500), .. Shapes.Groups(people, count: 50, size: 20, messages: 100)], stop));
    }

    private static IReadOnlyList<IUser> Mixed(Preparation preparation, TestUsers people, IReadOnlyList<SeededConversation> conversations)
    {
        var own = conversations.SelectMany(c => c.Members.Select(member => (member.Id, c))).ToLookup(p => p.Id, p => p.c.Id);
        var texts = new MessageTexts(preparation.Random(0));
        var sayings = Enumerable.Range(0, 1000).Select(_ => texts.Next()).ToArray();
        return [.. people.Take(preparation.Scenario.Users).Select((user, number) =>
        {
            var (random, theirs) = (preparation.Random(number), own[user.Id].ToArray());
            var sender = new Sender(preparation.Client(user, number), theirs, () => sayings[random.Next(sayings.Length)], random, (_, _, _) => { });
            return new MixedUser(preparation.Client(user, number), user, people, theirs, sender, random);
        })];
    }
}
