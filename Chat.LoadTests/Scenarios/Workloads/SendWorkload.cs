using System.Diagnostics;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Users who send messages, sockets that get them, and the ledger of both.</summary>
internal sealed class SendWorkload : Workload
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan QuietAtMost = TimeSpan.FromSeconds(30);

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly DeliveryLedger _ledger;
    private readonly PushSockets? _sockets;
    private readonly int _wanted;
    private readonly Acknowledgements _acknowledged;
    private RowCounts _rows;
    private long _before;
    private long _late;

    private SendWorkload(
        Preparation preparation, IReadOnlyList<IUser> users, TestUsers people, DeliveryLedger ledger, Acknowledgements acknowledged,
        PushSockets? sockets, int wanted)
        : base(users) =>
        (_preparation, _people, _ledger, _acknowledged, _sockets, _wanted) = (preparation, people, ledger, acknowledged, sockets, wanted);

    public override IEnumerable<string> Notes => _people.Lapsed > 0 ? [$"{_people.Lapsed} tokens could not be renewed in time."] : [];

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
        preparation.Scenario.Phases.Min(phase => phase.Users));

    public override async Task BeginAsync(Phase phase, CancellationToken stop)
    {
        _ledger.MeasureFrom(Stopwatch.GetTimestamp());
        _before = _acknowledged.Count;
        _rows = await RowCounts.ReadAsync(_preparation.Stack.Owner(), stop);
    }

    public override async Task<PhaseResult> EndAsync(PhaseResult result, bool isMain)
    {
        await _ledger.WaitForQuietAsync(Quiet, QuietAtMost, CancellationToken.None);
        _late = isMain ? _ledger.Late : _late;
        if (result.Endpoints?.ContainsKey("read") == true)
        {
            var rows = await _rows.SinceAsync(_preparation.Stack.Owner(), _acknowledged.Count - _before, CancellationToken.None);
            result = result with
            {
                RowsBesideMessages = rows.Beside,
                CursorWrites = rows.Cursors,
                CursorWritesInPlace = rows.Cursors == 0 ? null : Math.Round((double)rows.CursorsInPlace / rows.Cursors, 3),
            };
        }

        return _sockets is null
            ? result
            : result with
            {
                PushMs = Latencies.Of(_ledger.Latency),
                DeliveriesPerSecond = Math.Round(_ledger.Latency.Count / result.DurationS, 1),
            };
    }

    public override async Task<RunResult> SettleAsync(RunResult result, CancellationToken stop)
    {
        var rows = DatabaseRows.ReadAsync(_preparation.Stack.Owner(), _ledger.Conversations, stop);
        var settlement = await _ledger.SettleAsync(rows, stop);
        var fsync = await Durability.ReadAsync(_preparation.Stack.Owner(), stop);
        return result with
        {
            Sockets = _sockets is null ? null : _wanted,
            SocketsDropped = _sockets is null ? null : _wanted - _sockets.Open,
            Ledger = LedgerTotals.Of(settlement) with { Late = _late },
            Fsync = fsync,
            Notes = [.. result.Notes ?? [], .. settlement.Examples],
        };
    }

    public override async ValueTask DisposeAsync()
    {
        if (_sockets is not null)
        {
            await _sockets.DisposeAsync();
        }

        await base.DisposeAsync();
        await _people.DisposeAsync();
    }

    private static async Task<Workload> CreateAsync(
        Preparation preparation, int count, Func<IReadOnlyList<TestUser>, IEnumerable<ConversationPlan>> plans, CancellationToken stop,
        int? senders = null)
    {
        var scenario = preparation.Scenario;
        var people = await preparation.UsersAsync(Math.Max(count, Math.Max(scenario.Users, scenario.Sockets)), stop);
        var conversations = await preparation.ConversationsAsync(plans(people), stop);
        var numbers = people.Select((user, number) => (user.Id, Number: number)).ToDictionary(u => u.Id, u => u.Number);
        var ledger = new DeliveryLedger([.. conversations.Select(c => new LedgerConversation(
            c.Id, c.LastSeq, [.. c.Members.Select(m => numbers[m.Id]).Where(n => n < scenario.Sockets)]))]);
        var echoes = new Echoes(scenario.Sockets);
        var sockets = scenario.Sockets == 0 ? null : await OpenAsync(preparation, people, Receive, stop);

        var own = conversations.SelectMany(c => c.Members.Select(m => (m.Id, c))).ToLookup(p => p.Id, p => p.c.Id);
        var users = people.Select((user, number) => (user, number)).Where(p => own.Contains(p.user.Id))
            // Whoever sends is spread over the conversations: the first of each, then the second of each, …
            .OrderBy(p => p.number % Math.Max(1, people.Count / conversations.Count)).Take(scenario.Users).ToArray();
        var texts = Texts(preparation);
        var (sending, acknowledged) = (senders ?? users.Length, new Acknowledgements());
        return new SendWorkload(
            preparation, [.. users[..sending].Select(Sender), .. users[sending..].Select(Reader)], people, ledger, acknowledged, sockets,
            scenario.Sockets);

        IUser Sender((TestUser User, int Number) who)
        {
            var random = preparation.Random(who.Number);
            var (api, conversations) = (preparation.Client(who.User, who.Number), own[who.User.Id].ToArray());
            return who.Number < scenario.Sockets
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
        }
    }

    private static string[] Texts(Preparation preparation)
    {
        var texts = new MessageTexts(preparation.Random(0));
        return [.. Enumerable.Range(0, 1000).Select(_ => texts.Next())];
    }

    /// <summary>On another replica than the one the same user sends to, where there are several.</summary>
    private static async Task<PushSockets> OpenAsync(Preparation preparation, TestUsers people, PushHandler receive, CancellationToken stop)
    {
        var nodes = preparation.Stack.Realtime;
        preparation.Progress.Say($"  opening {preparation.Scenario.Sockets:#,0} sockets …");
        var targets = people.Take(preparation.Scenario.Sockets)
            .Select((user, number) => new PushTarget(nodes[(number + 1) % nodes.Count], user.AccessToken, number)).ToArray();
        var sockets = await PushSockets.OpenAsync(targets, new OpenRate(), receive, stop);
        var connect = Latencies.Of(sockets.ConnectTime);
        preparation.Progress.Say($"    {sockets.Open:#,0} open, connect p95 {connect?.P95:0.0} ms");
        return sockets;
    }

    private sealed class Acknowledgements
    {
        private long _count;
        private long _lastSeq;

        public long Count => Interlocked.Read(ref _count);

        /// <summary>Or, of several senders' that come together, one of the last.</summary>
        public long LastSeq => Interlocked.Read(ref _lastSeq);

        public void Add(long seq)
        {
            Interlocked.Increment(ref _count);
            Interlocked.Exchange(ref _lastSeq, seq);
        }
    }
}
