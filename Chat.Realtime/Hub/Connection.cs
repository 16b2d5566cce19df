using Chat.Contracts.Events;
using Chat.Realtime.People;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Realtime.Hub;

/// <summary>
/// One socket of a signed-in user. Sending never waits: what the socket does not take at once is counted, and past the bound the
/// connection is cut. So a reader who stalls costs the others nothing.
/// </summary>
internal class Connection(HubConnectionContext hub, Guid userId, Guid sessionId, DateTimeOffset expiresAt, int maxPending)
{
    /// <summary>How long the last words may take before the connection is closed without them.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private bool _ended;
    private int _pending;
    private CloseReason? _closing;

    public Guid UserId => userId;

    public Guid SessionId => sessionId;

    /// <summary>When the access token that it was opened with ends, and it with it.</summary>
    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>Null while nothing on this side has decided to close it.</summary>
    public CloseReason? Closing => Volatile.Read(ref _closing);

    /// <summary>What it may say of typing; made when it first does.</summary>
    public TypingThrottle Typing => field ??= new TypingThrottle();

    /// <summary>It is over: what a call of it still does must leave nothing behind. Set before the others forget it.</summary>
    public bool HasEnded { get => Volatile.Read(ref _ended); set => Volatile.Write(ref _ended, value); }

    /// <summary>Sends that the socket has not taken yet.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Hands the frame to the socket, after those handed before. Nothing is sent once the connection is closing.</summary>
    public virtual void Send(SerializedHubMessage frame)
    {
        if (Closing is not null)
        {
            return;
        }

        var sending = hub.WriteAsync(frame);
        if (sending.IsCompletedSuccessfully)
        {
            return;
        }

        _ = FinishAsync(sending);
        if (Volatile.Read(ref _pending) > maxPending)
        {
            Cut(CloseReason.TooSlow);
        }
    }

    /// <summary>Says why, as far as the client reads, and closes. Only the first reason counts.</summary>
    public virtual async Task CloseAsync(CloseReason reason)
    {
        if (Interlocked.CompareExchange(ref _closing, reason, null) is not null)
        {
            return;
        }

        var farewell = HubFrame.Invoke("closing", reason.Farewell(), ConnectionJson.Default.Closing);
        await hub.WriteAsync(farewell).AsTask().WaitAsync(Farewell).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        hub.Abort();
    }

    /// <summary>Tells the client to come back later, and closes then; until then it hears what there is.</summary>
    public async Task CloseLaterAsync(CloseReason reason, TimeSpan after, SerializedHubMessage farewell, TimeProvider time)
    {
        Send(farewell);
        await Task.Delay(after, time);
        if (Interlocked.CompareExchange(ref _closing, reason, null) is null)
        {
            hub.Abort();
        }
    }

    /// <summary>Closes the socket without a word: what waits to be sent is given up.</summary>
    private void Cut(CloseReason reason)
    {
        if (Interlocked.CompareExchange(ref _closing, reason, null) is null)
        {
            hub.Features.Get<IConnectionLifetimeFeature>()?.Abort();
            hub.Abort();
        }
    }

    private async Task FinishAsync(ValueTask sending)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            await sending;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The socket is gone; the connection's end is handled where it ends.
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }
}
