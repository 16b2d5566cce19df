using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Limits.Bare;

/// <summary>Sends messages to the bare server as scenarios send them to Chat.</summary>
internal sealed class BareUser(Uri server) : IUser
{
    private readonly ApiClient _client = new(server, accessToken: null);
    private readonly string _path = $"/messages/{Guid.NewGuid()}";

    public Task ActAsync(long due, Recorder recorder, CancellationToken stop) => _client.SendAsync(
        "send", "POST", _path, new SendMessageRequest(Guid.NewGuid(), "A message of about as many letters as people write."),
        ContractsJson.Default.SendMessageRequest, expected: 201, due, recorder, stop);

    public void Dispose() => _client.Dispose();
}
