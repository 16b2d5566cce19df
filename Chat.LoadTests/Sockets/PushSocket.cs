using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Chat.LoadTests.Sockets;

/// <summary>
/// One connection to the hub: SignalR's JSON protocol over a WebSocket, by hand and as cheap as can be, so that thousands of them do
/// not load the machine that is measured. It hears; besides what the protocol asks of it, it says nothing.
/// </summary>
internal sealed partial class PushSocket : IHubListener, IDisposable
{
    /// <summary>The reason of an end that this side wanted.</summary>
    public const string Left = "left";

    private readonly PushTarget _target;
    private readonly Route _route;
    private readonly PushHandler _handler;
    private readonly Socket _socket;
    private readonly HubReader _reader;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Upgrade? _upgrade = new();
    private long _receivedAt;
    private string? _reason;

    public PushSocket(PushTarget target, Route route, PushHandler handler)
    {
        _target = target;
        _route = route;
        _handler = handler;
        _reader = new HubReader(this);
        _socket = new Socket(route.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    }

    /// <summary>Ends with the connection, and says why: <see cref="Left"/>, the code of the hub's <c>closing</c>, or what else was seen of it.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Whether the server said, in its last word, that another attempt would end the same way.</summary>
    public bool MayReturn { get; private set; } = true;

    /// <summary>How long the server said to wait before another attempt; null: it has not said.</summary>
    public TimeSpan? After { get; private set; }

    /// <summary>The hub's first word: how far the user's conversations have come.</summary>
    public HubWord? Ready { get; private set; }

    public SafeHandle Handle => _socket.SafeHandle;

    /// <summary>Says that it is there; to be called every 10 to 15 s.</summary>
    public void Ping() => Send(ClientFrame.Ping);

    /// <summary>Asks the server to end the connection; it has ended with <see cref="Ended"/>.</summary>
    public void Leave()
    {
        _reason ??= Left;
        Send(ClientFrame.Close);
    }

    public void Dispose() => End(Left);

    /// <summary>Reads what there is. Called by the loop, when there is something.</summary>
    /// <param name="buffer">Larger than any frame, and anybody's afterwards.</param>
    public void Receive(Span<byte> buffer)
    {
        try
        {
            var kept = _reader.Restore(buffer);
            var count = _socket.Receive(buffer[kept..], SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return;
            }

            if (count == 0)
            {
                End("lost");
                return;
            }

            _receivedAt = Stopwatch.GetTimestamp();
            Read(buffer[..(kept + count)]);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            _reason = "protocolError";
            End(_reason);
        }
        catch (ObjectDisposedException)
        {
            // Let go by another thread after the loop was told that there is something.
        }
        catch (Exception e)
        {
            _ended.TrySetException(e);
            _socket.Dispose();
        }
    }

    void IHubListener.OnRecord(ReadOnlySpan<byte> record)
    {
        var message = HubRecord.Read(record);
        if (message.Target.SequenceEqual("receive"u8))
        {
            _handler(_target.Recipient, Push.Read(message.Argument), _receivedAt);
        }
        else if (message.Target.SequenceEqual("ready"u8))
        {
            Ready = HubWord.Read(message.Argument);
            _ready.TrySetResult();
        }
        else if (message.Target.SequenceEqual("closing"u8))
        {
            TakeLeave(HubWord.Read(message.Argument));
        }
        else if (message.Type == HubRecord.Close || HubRecord.IsRefusal(record))
        {
            _reason ??= "closedByHub";
            Send(ClientFrame.Close);
        }
    }

    void IHubListener.OnPing(ReadOnlySpan<byte> payload) => Send(ClientFrame.Pong(payload));

    void IHubListener.OnClose(int code)
    {
        if (_reason != Left)
        {
            _reason ??= $"closed {code}";
            Send(ClientFrame.Close);
        }
    }

    private void TakeLeave(HubWord closing)
    {
        _reason ??= closing.Code;
        (MayReturn, After) = (closing.Reconnect, closing.After);
    }

    /// <summary>First the answer to the upgrade, then frames.</summary>
    private void Read(ReadOnlySpan<byte> received)
    {
        if (_upgrade is null)
        {
            _reader.Read(received);
        }
        else if (_upgrade.TryReadAnswer(received, out var status, out var length))
        {
            if (status != 101)
            {
                End($"status {status}");
                return;
            }

            _upgrade = null;
            Send(ClientFrame.Handshake);
            _reader.Read(received[length..]);
        }
        else
        {
            _reader.Leave(received);
        }
    }

    /// <param name="reason">Where nothing else has been the reason before.</param>
    private void End(string reason)
    {
        _ended.TrySetResult(_reason ?? reason);
        _socket.Dispose();
    }

    /// <summary>
    /// Frames of some bytes, which the system takes whole and at once or, from one who does not read, not at all: so the timer's pings
    /// and the loop's pongs need no lock between them. That the connection has ended, the loop sees.
    /// </summary>
    private void Send(byte[] frame)
    {
        try
        {
            _socket.Send(frame, SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
