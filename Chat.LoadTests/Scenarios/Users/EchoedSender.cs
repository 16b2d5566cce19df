using Chat.LoadTests.Http;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios.Workloads;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Sends, and does not act again before the message has come back to their own socket.</summary>
/// <param name="recipient">The number of that socket.</param>
internal sealed class EchoedSender(
    ApiClient api, IReadOnlyList<Guid> conversations, Func<string> text, Random random, Action<Guid, long, Guid> acknowledged,
    Echoes echoes, int recipient) : Sender(api, conversations, text, random, acknowledged)
{
    public override async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
    {
        var clientId = SendStamp.New(due);
        echoes.Expect(recipient, clientId);
        if (await SendAsync(clientId, due, recorder, stop))
        {
            await echoes.HeardAsync(recipient, stop);
        }
    }
}
