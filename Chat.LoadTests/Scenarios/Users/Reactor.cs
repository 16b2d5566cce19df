using System.Diagnostics;
using Chat.LoadTests.Http;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios.Workloads;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Reacts to a message with some of ten emoji, and takes back those that they find of their own, so that every click changes something.</summary>
/// <param name="messages">They are the first so many of the conversation.</param>
/// <param name="atATime">How many emoji one after the other; one, where it is watched when others see it.</param>
/// <param name="sight">Where one wants to know when others see it; it says itself when that is.</param>
internal sealed class Reactor(
    ApiClient api, Guid user, Guid conversation, int messages, int atATime, Random random, ClickLedger ledger, ClickSight sight) : IUser
{
    public static readonly string[] Emoji = ["👍", "❤\uFE0F", "😂", "🎉", "😮", "😢", "🙏", "🔥", "👀", "🚀"];
    private static readonly string[] Addresses = [.. Emoji.Select(Uri.EscapeDataString)];

    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
    {
        var seq = 1 + random.Next(messages);
        var first = random.Next(Emoji.Length);
        for (var n = 0; n < (sight.Watches ? 1 : atATime) && !stop.IsCancellationRequested; n++)
        {
            var seen = sight.Expect(seq);
            await ClickAsync(seq, (first + n) % Emoji.Length, n == 0 ? due : Stopwatch.GetTimestamp(), recorder, stop);
            await seen;
        }
    }

    public void Dispose() => api.Dispose();

    private async Task ClickAsync(long seq, int emoji, long due, Recorder recorder, CancellationToken stop)
    {
        var key = new ClickKey(user, seq, Emoji[emoji]);
        var wanted = ledger.Value(key) == 0;
        var answer = await api.SendAsync(
            wanted ? "react" : "take back", wanted ? "PUT" : "DELETE",
            $"/api/conversations/{conversation}/messages/{seq}/reactions/{Addresses[emoji]}", expected: 204, due, recorder, stop);
        if (answer is { Status: 204 })
        {
            ledger.Acknowledged(key, wanted ? 1 : 0);
        }
        else
        {
            ledger.InDoubt(key);
        }
    }
}
