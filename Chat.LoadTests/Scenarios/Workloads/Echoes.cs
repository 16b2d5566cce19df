using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>
/// Senders who hear their own messages: each waits for the echo before the next one. Without that, senders that do not pause would ask for
/// more deliveries than there can be, and what is measured would be how the hub cuts off those who cannot keep up.
/// </summary>
internal sealed class Echoes(int recipients)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Awaited?[] _awaited = new Awaited?[recipients];

    /// <summary>To be called before the message is sent, as its echo may come before the answer.</summary>
    public void Expect(int recipient, Guid clientId) => Volatile.Write(ref _awaited[recipient], new Awaited(clientId));

    /// <summary>Waits for what was expected last; not for long, since it may have been lost, which the ledger tells.</summary>
    public async Task HeardAsync(int recipient, CancellationToken stop)
    {
        try
        {
            await _awaited[recipient]!.Heard.Task.WaitAsync(Patience, stop);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
        }
    }

    /// <summary>A push arrived.</summary>
    public void Received(int recipient, in Push push)
    {
        if (Volatile.Read(ref _awaited[recipient]) is { } awaited && awaited.ClientId == push.ClientId)
        {
            awaited.Heard.TrySetResult();
        }
    }

    private sealed class Awaited(Guid clientId)
    {
        public Guid ClientId => clientId;

        public TaskCompletionSource Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
