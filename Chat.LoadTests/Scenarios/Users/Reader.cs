using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Asks for one thing again and again.</summary>
/// <param name="endpoint">By which it is recorded.</param>
/// <param name="path">Of what they ask next.</param>
internal sealed class Reader(ApiClient api, string endpoint, Func<string> path) : IUser
{
    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop) =>
        await api.GetAsync(endpoint, path(), due, recorder, stop);

    public void Dispose() => api.Dispose();
}
