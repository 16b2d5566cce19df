using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>One of many connections of one user, who sends and reads in turn.</summary>
internal sealed class Flooder(ApiClient api, Guid conversation, Sender sender) : IUser
{
    private bool _sends;

    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
    {
        _sends = !_sends;
        if (_sends)
        {
            await sender.ActAsync(due, recorder, stop);
        }
        else
        {
            await api.GetAsync("history", $"/api/conversations/{conversation}/messages?limit=50", due, recorder, stop);
        }
    }

    public void Dispose()
    {
        api.Dispose();
        sender.Dispose();
    }
}
