using System.Collections.Concurrent;

namespace Chat.LoadTests.Sockets;

/// <summary>
/// The one thread that receives for all sockets of a group, into one buffer: a socket that has nothing to say needs no memory here,
/// and what comes for one recipient comes in order.
/// </summary>
internal sealed class ReceiveLoop : IDisposable
{
    /// <summary>How long it takes at most to notice that it is to stop.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Epoll _epoll = new();
    private readonly PushSocket?[] _sockets;
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <param name="capacity">How many sockets there will be.</param>
    public ReceiveLoop(int capacity)
    {
        _sockets = new PushSocket?[capacity];
        _thread = new Thread(Run) { IsBackground = true, Name = "Pushes" };
        _thread.Start();
    }

    /// <summary>
    /// Looks from now on after a socket that has begun to connect, until it ends. A number may be given again to what comes in the place of a
    /// socket that has ended.
    /// </summary>
    public void Add(int number, PushSocket socket)
    {
        Volatile.Write(ref _sockets[number], socket);
        _epoll.WatchConnecting(socket.Handle, number);
    }

    /// <summary>Does something on the thread that calls the handlers, so that it need not lock against them; within 50 ms.</summary>
    public void Post(Action action) => _posted.Enqueue(action);

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _epoll.Dispose();
    }

    private void Run()
    {
        // As much as one frame may be, and a good deal for what comes with it.
        var buffer = new byte[2 * ServerFrame.MaxPayload];
        Span<int> readable = stackalloc int[512];
        while (!_stopping)
        {
            var count = _epoll.Wait(readable, Look);
            foreach (var number in readable[..count])
            {
                var socket = Volatile.Read(ref _sockets[number])!;
                if (socket.IsConnecting)
                {
                    if (socket.FinishConnecting())
                    {
                        _epoll.WatchReceiving(socket.Handle, number);
                    }
                }
                else
                {
                    socket.Receive(buffer);
                }
            }

            while (_posted.TryDequeue(out var action))
            {
                action();
            }
        }
    }
}
