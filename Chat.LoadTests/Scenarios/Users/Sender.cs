using System.Buffers.Text;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.LoadTests.Http;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Sends messages to conversations of which they are a member, each time to one of them at random.</summary>
/// <param name="text">What they write next.</param>
/// <param name="acknowledged">Told of each message that was acknowledged: conversation, seq, clientId.</param>
internal class Sender(
    ApiClient api, IReadOnlyList<Guid> conversations, Func<string> text, Random random, Action<Guid, long, Guid> acknowledged) : IUser
{
    public virtual async Task ActAsync(long due, Recorder recorder, CancellationToken stop) =>
        await SendAsync(SendStamp.New(due), due, recorder, stop);

    public void Dispose() => api.Dispose();

    /// <returns>Whether it was acknowledged.</returns>
    protected async Task<bool> SendAsync(Guid clientId, long due, Recorder recorder, CancellationToken stop)
    {
        var conversation = conversations[random.Next(conversations.Count)];
        var answer = await api.SendAsync(
            "send", "POST", $"/api/conversations/{conversation}/messages", new SendMessageRequest(clientId, text()),
            ContractsJson.Default.SendMessageRequest, expected: 201, due, recorder, stop);
        if (answer is { Status: 201 } sent)
        {
            acknowledged(conversation, SeqOf(sent.Body.Span), clientId);
            return true;
        }

        return false;
    }

    /// <summary>The answer is a message, whose seq stands before its text.</summary>
    private static long SeqOf(ReadOnlySpan<byte> message)
    {
        var name = "\"seq\":"u8;
        var at = message.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(message[(at + name.Length)..], out long seq, out _)
            ? seq
            : throw new InvalidDataException("A 201 without a seq.");
    }
}
