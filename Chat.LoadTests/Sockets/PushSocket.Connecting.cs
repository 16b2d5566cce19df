using System.Net;
using System.Net.Sockets;

namespace Chat.LoadTests.Sockets;

/// <content>The way to the hub's first word.</content>
internal sealed partial class PushSocket
{
    /// <summary>Whether it has yet to be seen if the server takes it.</summary>
    public bool IsConnecting { get; private set; } = true;

    /// <summary>Connects, and waits until pushes come in.</summary>
    /// <param name="loop">Receives for it, by the number.</param>
    /// <returns>Null, or why it is not connected.</returns>
    /// <exception cref="OperationCanceledException">Connecting was given up.</exception>
    public async Task<string?> ConnectAsync(ReceiveLoop loop, int number, CancellationToken cancellationToken)
    {
        if (Connect() is { } refused)
        {
            return refused;
        }

        loop.Add(number, this);
        await Task.WhenAny(_ready.Task, Ended).WaitAsync(cancellationToken);
        return _ready.Task.IsCompleted ? null : await Ended;
    }

    /// <summary>Asks for the upgrade, or ends. Called by the loop, when it is known how connecting went.</summary>
    /// <returns>Whether it is connected.</returns>
    public bool FinishConnecting()
    {
        IsConnecting = false;
        try
        {
            var error = (SocketError)(int)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
            if (error != SocketError.Success)
            {
                End(error.ToString());
                return false;
            }

            Send(_upgrade!.Request(_target.Realtime, _target.AccessToken));
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>
    /// Begins to connect. Neither by ConnectAsync, with which the framework would be woken, too, by all that arrives later, nor by waiting: where
    /// the server takes none for a while, as after another's death, thousands of them would keep all threads of the pool.
    /// </summary>
    /// <returns>Null, or why it cannot.</returns>
    private string? Connect()
    {
        try
        {
            if (_route.Source is { } source)
            {
                _socket.Bind(new IPEndPoint(source, 0));
            }

            _socket.Blocking = false;
            _socket.Connect(_route.Server);
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress ? null : e.SocketErrorCode.ToString();
        }
    }
}
