namespace Chat.Realtime.FanOut;

/// <summary>What the <see cref="Audience"/> wants to have read from the database.</summary>
internal sealed partial class Audience
{
    /// <summary>Users in one statement: 500 users in 20 conversations each are 10,000 rows.</summary>
    private const int MaxUsers = 500;
    private const int MaxRooms = 100;

    /// <summary>Users worth a statement while many come.</summary>
    private const int EnoughUsers = 125;

    private readonly Queue<Listener> _listenersToRead = [];
    private readonly Queue<Room> _roomsToRead = [];
    private readonly SemaphoreSlim _work = new(0, 1);
    private TaskCompletionSource? _enough;

    /// <summary>Completes when there is something to read.</summary>
    public Task WorkAsync(CancellationToken cancellationToken) => _work.WaitAsync(cancellationToken);

    /// <summary>
    /// Waits until so many users came together that one statement for all of them pays, or an event waits for members to be read, or the time
    /// is up.
    /// </summary>
    public async Task GatherAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _enough = enough;
            EndGathering();
        }

        try
        {
            await enough.Task.WaitAsync(atMost, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Then those there are.
        }
    }

    /// <summary>The users and the conversations to read next, all that came together, up to a bound.</summary>
    public (List<Listener> Listeners, List<Room> Rooms) Take()
    {
        lock (_lock)
        {
            var listeners = new List<Listener>();
            while (listeners.Count < MaxUsers && _listenersToRead.TryDequeue(out var listener))
            {
                listener.Queued = false;
                if (IsHere(listener))
                {
                    (listener.Reading, listener.ChangedWhileReading) = (true, false);
                    listeners.Add(listener);
                }
            }

            BeginEarly(listeners.Count > 0);
            var rooms = new List<Room>();
            while (rooms.Count < MaxRooms && _roomsToRead.TryDequeue(out var room))
            {
                room.Queued = false;
                if (IsHere(room))
                {
                    rooms.Add(room);
                }
            }

            if (_listenersToRead.Count > 0 || _roomsToRead.Count > 0)
            {
                Wake();
            }

            return (listeners, rooms);
        }
    }

    /// <summary>What was taken could not be read: it is to be tried again.</summary>
    public void NotRead(IEnumerable<Listener> listeners, IEnumerable<Room> rooms)
    {
        lock (_lock)
        {
            EndEarly();
            foreach (var listener in listeners)
            {
                listener.Reading = false;
                Enqueue(listener);
            }

            foreach (var room in rooms)
            {
                Enqueue(room);
            }
        }
    }

    /// <summary>Control events may have been lost: everyone's conversations are read again.</summary>
    public void ReadAllAgain()
    {
        lock (_lock)
        {
            foreach (var listener in _listeners.Values)
            {
                Enqueue(listener);
            }
        }
    }

    private void Enqueue(Listener listener)
    {
        if (!listener.Queued)
        {
            listener.Queued = true;
            _listenersToRead.Enqueue(listener);
            EndGathering();
            Wake();
        }
    }

    private void Enqueue(Room room)
    {
        if (!room.Queued)
        {
            room.Queued = true;
            _roomsToRead.Enqueue(room);
            EndGathering();
            Wake();
        }
    }

    private void EndGathering()
    {
        if (_listenersToRead.Count >= EnoughUsers || _roomsToRead.Count > 0)
        {
            _enough?.TrySetResult();
        }
    }

    private void Wake()
    {
        if (_work.CurrentCount == 0)
        {
            _work.Release();
        }
    }
}
