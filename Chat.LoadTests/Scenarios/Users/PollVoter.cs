using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.LoadTests.Http;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Votes in one of two polls, changes their mind, and one time in ten withdraws. The second poll allows several options.</summary>
internal sealed class PollVoter(ApiClient api, Guid user, Guid conversation, int options, Random random, ClickLedger ledger) : IUser
{
    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
    {
        var seq = 1 + random.Next(2);
        var key = new ClickKey(user, seq, "");
        var choices = ledger.Value(key) != 0 && random.Next(10) == 0 ? 0 : Choose(several: seq == 2, ledger.Value(key));
        var path = $"/api/conversations/{conversation}/messages/{seq}/vote";
        var answer = choices == 0
            ? await api.SendAsync("withdraw", "DELETE", path, expected: 204, due, recorder, stop)
            : await api.SendAsync(
                "vote", "PUT", path, new VoteRequest([.. Enumerable.Range(0, options).Where(n => (choices & (1 << n)) != 0)]),
                ContractsJson.Default.VoteRequest, expected: 204, due, recorder, stop);
        if (answer is { Status: 204 })
        {
            ledger.Acknowledged(key, choices);
        }
        else
        {
            ledger.InDoubt(key);
        }
    }

    public void Dispose() => api.Dispose();

    /// <summary>Never as before, so that every vote changes something.</summary>
    private int Choose(bool several, int before)
    {
        int choices;
        do
        {
            choices = several ? random.Next(1, 1 << options) : 1 << random.Next(options);
        }
        while (choices == before);

        return choices;
    }
}
