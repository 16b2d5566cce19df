using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios.Companions;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <content>Who sends to whom, in each of the shapes that scenarios have.</content>
internal sealed partial class SendWorkload
{
    /// <summary>Everybody in one conversation.</summary>
    public static Func<Preparation, CancellationToken, Task<Workload>> OneConversationOf(int members) => Conversations(1, members);

    /// <summary>So many conversations of so many members; the senders are spread evenly over them.</summary>
    public static Func<Preparation, CancellationToken, Task<Workload>> Conversations(int count, int members) =>
        (preparation, stop) => CreateAsync(
            preparation, Math.Max(preparation.Scenario.Users, members), users => Shapes.Groups(users, count, members), stop);

    /// <summary>As many rooms as the sockets fill.</summary>
    public static Task<Workload> Rooms(Preparation preparation, CancellationToken stop) => CreateAsync(
        preparation, Math.Max(preparation.Scenario.Sockets, preparation.Scenario.RoomSize),
        users => Shapes.Rooms(users, preparation.Scenario.RoomSize), stop);

    /// <summary>
    /// Everybody in one conversation: as many as act in the quietest phase send; the others say, again and again, that they have read what
    /// was sent last.
    /// </summary>
    public static Task<Workload> WithReaders(Preparation preparation, CancellationToken stop) => CreateAsync(
        preparation, preparation.Scenario.Users, users => Shapes.Groups(users, 1, preparation.Scenario.Users), stop,
        sending: preparation.Scenario.Phases.Min(phase => phase.Users));

    /// <summary>One room of all, sockets and clients that fall silent.</summary>
    public static Task<Workload> OneRoom(Preparation preparation, CancellationToken stop)
    {
        var size = preparation.Scenario.Sockets + preparation.Scenario.Phases.Max(phase => phase.Silent);
        return CreateAsync(preparation, size, users => Shapes.Rooms(users.Take(size), size), stop);
    }

    /// <summary>Everybody in a room of that size and in one ten times as large; of ten messages nine go to the former.</summary>
    public static Task<Workload> SmallAndLargeRooms(Preparation preparation, CancellationToken stop)
    {
        var small = preparation.Scenario.RoomSize;
        return CreateAsync(
            preparation, preparation.Scenario.Sockets, users => Shapes.Rooms(users, small).Concat(Shapes.Rooms(users, small * 10)), stop,
            // By the plan, not by the size: the last room of a kind may be a smaller one.
            weight: (plan, count) => plan < (count + small - 1) / small ? 9 : 1);
    }

    private static async Task<Workload> CreateAsync(
        Preparation preparation, int count, Func<IReadOnlyList<TestUser>, IEnumerable<ConversationPlan>> plans, CancellationToken stop,
        Func<int, int, int>? weight = null, int? sending = null)
    {
        var scenario = preparation.Scenario;
        var people = await preparation.UsersAsync(Math.Max(count, Math.Max(scenario.Users, scenario.Sockets)), stop);
        var conversations = await preparation.ConversationsAsync(plans(people), stop);
        var numbers = people.Select((user, number) => (user.Id, Number: number)).ToDictionary(u => u.Id, u => u.Number);
        var ledger = new DeliveryLedger([.. conversations.Select(c => new LedgerConversation(
            c.Id, c.LastSeq, [.. c.Members.Select(m => numbers[m.Id]).Where(n => n < scenario.Sockets)]))]);
        var echoes = new Echoes(scenario.Sockets);
        var catchUps = scenario.ReturnsWithin is null ? null : await CatchUps.CreateAsync(preparation, people, conversations, ledger, stop);
        var sockets = scenario.Sockets == 0 ? null : Listen();
        var death = sockets is null ? null : new NodeDeath(preparation, () => sockets.All);
        if (sockets is not null && scenario.Phases.All(phase => phase.Sockets is null))
        {
            await sockets.OpenToAsync(scenario.Sockets, stop);
        }

        // A conversation stands there as often as its weight is.
        var own = conversations.SelectMany((c, plan) => c.Members.SelectMany(
            m => Enumerable.Repeat((m.Id, Conversation: c.Id), weight?.Invoke(plan, people.Count) ?? 1))).ToLookup(p => p.Id, p => p.Conversation);
        var users = people.Select((user, number) => (user, number)).Where(p => own.Contains(p.user.Id))
            // Whoever sends is spread over the conversations: the first of each, then the second of each, …
            .OrderBy(p => p.number % Math.Max(1, people.Count / conversations.Count)).Take(scenario.Users).ToArray();
        var texts = Texts(preparation);
        var (senders, acknowledged) = (sending ?? users.Length, new Acknowledgements());
        ICompanion[] others =
        [
            new Sampling(preparation.Stack), new SilentClients(preparation, [.. people.Skip(scenario.Sockets)]),
            .. sending is null ? (ICompanion[])[] : [new RowsOfReading(preparation.Stack, acknowledged)],
        ];
        return new SendWorkload(
            preparation, [.. users[..senders].Select(Sender), .. users[senders..].Select(Reader)], people, ledger, sockets, death, catchUps, others, await preparation.Stack.TelemetryAsync(stop));

        OpenSockets Listen()
        {
            OpenSockets? all = null;
            var returning = catchUps is null
                ? null
                : new ReturnPolicy(preparation.Stack.Realtime, (recipient, word, cancel) => catchUps.CatchUpAsync(recipient, word, all!.All, cancel))
                {
                    Spread = scenario.ReturnsWithin!.Value,
                };
            return all = new OpenSockets(preparation, people, Receive, returning);
        }

        IUser Sender((TestUser User, int Number) who)
        {
            var random = preparation.Random(who.Number);
            var (api, conversations) = (preparation.Client(who.User, who.Number), own[who.User.Id].ToArray());
            return who.Number < scenario.Sockets && catchUps is null
                ? new EchoedSender(api, conversations, Text, random, Acknowledged, echoes, who.Number)
                : new Sender(api, conversations, Text, random, Acknowledged);

            string Text() => texts[random.Next(texts.Length)];
        }

        IUser Reader((TestUser User, int Number) who) =>
            new CursorMover(preparation.Client(who.User, who.Number), own[who.User.Id].First(), () => acknowledged.LastSeq);

        void Acknowledged(Guid conversation, long seq, Guid clientId)
        {
            ledger.Acknowledged(conversation, seq, clientId);
            acknowledged.Add(seq);
        }

        void Receive(int recipient, in Push push, long receivedAt)
        {
            ledger.Received(recipient, push, receivedAt);
            echoes.Received(recipient, push);
            catchUps?.Received(recipient, push);
        }
    }

    private static string[] Texts(Preparation preparation)
    {
        var texts = new MessageTexts(preparation.Random(0));
        return [.. Enumerable.Range(0, 1000).Select(_ => texts.Next())];
    }
}
