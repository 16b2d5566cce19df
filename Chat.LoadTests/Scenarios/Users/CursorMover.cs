using Chat.Contracts;
using Chat.Contracts.ReadState;
using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Has read, again and again, whatever was sent last.</summary>
/// <param name="lastSeq">Of the conversation, as far as is known.</param>
internal sealed class CursorMover(ApiClient api, Guid conversation, Func<long> lastSeq) : IUser
{
    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop) => await api.SendAsync(
        "read", "PUT", $"/api/conversations/{conversation}/read", new MoveCursorRequest(Math.Max(1, lastSeq())),
        ContractsJson.Default.MoveCursorRequest, expected: 200, due, recorder, stop);

    public void Dispose() => api.Dispose();
}
