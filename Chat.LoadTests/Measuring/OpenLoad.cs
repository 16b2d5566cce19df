using System.Diagnostics;

namespace Chat.LoadTests.Measuring;

/// <summary>
/// An open load: arrivals at a rate that no slowness of the system changes, each timed from the moment it was due. When all users are
/// busy an arrival waits for one, and its wait counts; when too many wait already it is dropped, and counted as that.
/// </summary>
internal sealed class OpenLoad(IReadOnlyList<IUser> users, double perSecond, Recorder recorder, int seed)
{
    /// <summary>An arrival that is passed to a user later than this after it was due counts as late.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMilliseconds(20);

    private readonly Users _users = new(users);
    private long _arrived;
    private long _late;
    private long _dropped;

    /// <summary>How many arrivals may wait: ten seconds' worth.</summary>
    public int MaxWaiting { get; init; } = (int)Math.Ceiling(perSecond * 10);

    /// <summary>How many were due.</summary>
    public long Arrived => Interlocked.Read(ref _arrived);

    /// <summary>How many began later than <see cref="LateAfter"/>: no user was free, or this process was too slow.</summary>
    public long Late => Interlocked.Read(ref _late);

    /// <summary>How many never began.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>
    /// Lets arrivals come for <paramref name="duration"/> and waits until all that did not have to be dropped are over. The distances between them are
    /// exponentially distributed (a Poisson process), as independent people's are.
    /// </summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken stop)
    {
        // A thread of its own, so that neither the pool nor the answers' work delays an arrival.
        await Task.Factory.StartNew(() => Arrive(duration, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await _users.IdleAsync(stop);
    }

    private void Arrive(TimeSpan duration, CancellationToken stop)
    {
        var random = new Random(seed);
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var due = (double)start;
        while (true)
        {
            due += -Math.Log(1 - random.NextDouble()) / perSecond * Stopwatch.Frequency;
            if (due >= end)
            {
                return;
            }

            // The clock's least pause is about a millisecond; arrivals nearer than that go out together, timed from when they were due.
            while (Stopwatch.GetTimestamp() < due && !stop.IsCancellationRequested)
            {
                Thread.Sleep(1);
            }

            if (stop.IsCancellationRequested)
            {
                return;
            }

            Interlocked.Increment(ref _arrived);
            if (!_users.TryPass((long)due, MaxWaiting, Act))
            {
                Interlocked.Increment(ref _dropped);
            }
        }

        void Act(IUser user, long dueAt)
        {
            if (Stopwatch.GetElapsedTime(dueAt) > LateAfter)
            {
                Interlocked.Increment(ref _late);
            }

            _ = ActAsync(user, dueAt);
        }

        async Task ActAsync(IUser user, long dueAt)
        {
            try
            {
                await user.ActAsync(dueAt, recorder, stop);
            }
            finally
            {
                _users.Return(user, Act);
            }
        }
    }

    /// <summary>Who is free, and what waits. Never both.</summary>
    private sealed class Users(IReadOnlyList<IUser> users)
    {
        private readonly Lock _gate = new();
        private readonly Queue<IUser> _free = new(users);
        private readonly Queue<long> _waiting = new();
        private TaskCompletionSource? _idle;

        public bool TryPass(long due, int maxWaiting, Action<IUser, long> act)
        {
            IUser? user;
            lock (_gate)
            {
                if (!_free.TryDequeue(out user))
                {
                    if (_waiting.Count >= maxWaiting)
                    {
                        return false;
                    }

                    _waiting.Enqueue(due);
                    return true;
                }
            }

            act(user, due);
            return true;
        }

        public void Return(IUser user, Action<IUser, long> act)
        {
            long due;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out due))
                {
                    _free.Enqueue(user);
                    if (_free.Count == users.Count)
                    {
                        _idle?.TrySetResult();
                    }

                    return;
                }
            }

            act(user, due);
        }

        public async Task IdleAsync(CancellationToken stop)
        {
            Task idle;
            lock (_gate)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_free.Count == users.Count)
                {
                    _idle.SetResult();
                }

                idle = _idle.Task;
                if (stop.IsCancellationRequested)
                {
                    _waiting.Clear();
                }
            }

            using var _ = stop.Register(() =>
            {
                lock (_gate)
                {
                    _waiting.Clear();
                }
            });
            await idle;
        }
    }
}
