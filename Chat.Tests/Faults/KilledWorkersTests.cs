using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Scenarios.Workloads;
using Chat.LoadTests.Seeding;
using Chat.Tests.LoadTests;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>Workers may be killed at any moment, and what messages show comes out as if none had been.</summary>
public sealed class KilledWorkersTests(ChatApplication chat) : IClassFixture<ChatApplication>
{
    private const int Clicks = 10_000;
    private const int People = 40;
    private const int Messages = 20;

    [Fact]
    public async Task Ten_thousand_reactions_while_both_workers_are_killed_at_random_are_counted_exactly()
    {
        await using var stack = await chat.StackAsync();
        await using var people = await TestUsers.CreateAsync(stack, People, seed: 1, CancellationToken.None);
        await using var owner = await chat.OwnerAsync();
        var conversation = (await SeedConversations.RunAsync(
            owner, [Shapes.OneGroup("Clicks", people, Messages)], seed: 1, progress: null, CancellationToken.None))[0].Id;
        var (ledger, recorder) = (new ClickLedger(), new Recorder());
        var random = new Random(1);

        var clicking = Task.WhenAll(people.Select((user, n) => Task.Run(() => ClickAsync(user, n))));
        var kills = 0;
        for (; !clicking.IsCompleted || kills < 4; kills++)
        {
            var victim = ChatApplication.Workers[random.Next(2)];
            // At random, so nothing but time can be waited for.
            await Task.Delay(random.Next(50, 400));
            Signals.Kill(chat, victim);
            await chat.StartAgainAsync(victim);
        }

        await clicking;
        var queued = await ClickRows.WaitUntilCountedAsync(owner, conversation, ChatApplication.Patience, CancellationToken.None);
        var rows = await ClickRows.ReadAsync(owner, conversation, CancellationToken.None);

        Assert.Equal((Clicks, 0), (recorder.Accepted, recorder.Errors));
        Assert.Equal((0, 0), (queued, ledger.Compare(rows)));
        Assert.Equal(0, await ClickRows.DifferingAsync(owner, conversation, CancellationToken.None));

        async Task ClickAsync(TestUser user, int number)
        {
            using var reactor = new Reactor(
                new(stack.Api[number % stack.Api.Count], () => user.AccessToken), user.Id, conversation, Messages, atATime: 5, new Random(number),
                ledger, new ClickSight());
            for (var acted = 0; acted < Clicks / People / 5; acted++)
            {
                await reactor.ActAsync(TimeProvider.System.GetTimestamp(), recorder, CancellationToken.None);
            }
        }
    }
}
