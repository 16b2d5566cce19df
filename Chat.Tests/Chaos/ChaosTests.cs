using System.Globalization;
using Chat.Tests.Support;
using Xunit.Abstractions;

namespace Chat.Tests.Chaos;

/// <summary>
/// The property that matters: people send, edit, react, join, leave and lose their connections while processes are killed, held and
/// started again. In the end each client shows what a reload shows, what was acknowledged is there once, and nobody has heard anything
/// while they were no member. A few seeds here; any number by <c>CHAT_CHAOS_SEEDS=1-200 ./test.sh --filter Chaos</c>.
/// </summary>
public sealed class ChaosTests(ChaosTests.Application chat, ITestOutputHelper output) : IClassFixture<ChaosTests.Application>
{
    private const int People = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public static TheoryData<int> Seeds
    {
        get
        {
            var asked = Environment.GetEnvironmentVariable("CHAT_CHAOS_SEEDS")?.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            return asked is { Length: > 0 } ? [.. Enumerable.Range(asked[0], asked[^1] - asked[0] + 1)] : [7, 20_261_121];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Each_client_shows_what_a_reload_shows_and_nobody_hears_what_is_not_theirs(int seed)
    {
        var plan = new FaultPlan(new Random(seed), Duration);
        output.WriteLine($"seed {seed}: {plan}");
        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(n => Person.RegisterAsync(chat, $"chaos{n}")));
        var books = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => OpenBookAsync(people)));
        var actors = await Task.WhenAll(people.Select((person, n) => ChaosActor.CreateAsync(chat, person, seed + n)));
        using var over = new CancellationTokenSource(Duration);

        await Task.WhenAll(
            [plan.RunAsync(chat), .. actors.Select(actor => actor.ActUntilAsync([.. books.Select(b => b.Conversation)], over.Token)),
            .. books.Select((book, n) => ComeAndGoAsync(book, people, new Random(seed + (31 * n)), over.Token))]);

        foreach (var actor in actors)
        {
            var outcomes = await Task.WhenAll(actor.Sent.Select(pending => pending.Outcome)).WaitAsync(ChatApplication.Patience);
            await actor.Client.ShowsWhatAReloadShowsAsync(actor.Person, TimeSpan.FromSeconds(45));
            await AssertStoredOnceAsync(people[0], outcomes.OfType<Contracts.Messages.Message>().ToArray());
            Assert.All(actor.Pushes, push => Assert.True(
                books.Single(book => book.Conversation == push.Conversation).MayHear(actor.Person.Id, push.MembershipVersion, push.At),
                $"{actor.Person.SignIn.User.UserName} heard rev {push.Rev} at membership version {push.MembershipVersion}; seed {seed}: {plan}"));
        }

        output.WriteLine($"{actors.Sum(a => a.Sent.Count)} messages, {actors.Sum(a => a.Pushes.Count)} pushes");
        Assert.True(actors.Sum(a => a.Pushes.Count) > 100, "Hardly anything was heard.");
        foreach (var actor in actors)
        {
            await actor.DisposeAsync();
            actor.Person.Dispose();
        }
    }

    /// <summary>Heads are compared every two seconds instead of ten: what was lost is known sooner.</summary>
    public sealed class Application : ChatApplication
    {
        protected override IReadOnlyList<string> Settings => [.. base.Settings, "--Realtime:HeadsEvery=00:00:02"];
    }

    private static async Task<MembershipBook> OpenBookAsync(Person[] people)
    {
        var group = await people[0].CreateGroupAsync(people[1], people[2]);
        var book = new MembershipBook(group.Id, people[0]);
        await book.ReadAsync();
        return book;
    }

    /// <summary>The owner adds and removes the others, one change after the other, so that it is known who is a member at each version.</summary>
    private static async Task ComeAndGoAsync(MembershipBook book, Person[] people, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var who = people[random.Next(1, people.Length)].Id;
            book.Changing();
            try
            {
                using var answer = book.IsMember(who)
                    ? await people[0].Client.TryRemoveAsync(book.Conversation, who).WaitAsync(TimeSpan.FromSeconds(3), CancellationToken.None)
                    : await people[0].Client.TryAddAsync(book.Conversation, who).WaitAsync(TimeSpan.FromSeconds(3), CancellationToken.None);
                await book.ReadAsync();
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or TimeoutException or Xunit.Sdk.XunitException)
            {
                book.Unanswered();
            }

            await Task.Delay(random.Next(100, 500), CancellationToken.None);
        }
    }

    private static async Task AssertStoredOnceAsync(Person owner, Contracts.Messages.Message[] acknowledged)
    {
        foreach (var group in acknowledged.GroupBy(message => message.ConversationId))
        {
            var history = new List<Contracts.Messages.Message>();
            for (long? after = 0; after is not null;)
            {
                var page = await owner.Client.HistoryAsync(group.Key, $"?after={after}&limit=100");
                history.AddRange(page.Items);
                after = page.Next;
            }

            var stored = history.ToLookup(message => message.ClientId);
            // The owner may have hidden some for themself; whatever is there is there once.
            Assert.All(group, message => Assert.All(stored[message.ClientId], found => Assert.Equal(message.Seq, found.Seq)));
        }
    }
}
