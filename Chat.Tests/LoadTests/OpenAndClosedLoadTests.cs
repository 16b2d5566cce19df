using System.Diagnostics;
using Chat.LoadTests.Measuring;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

/// <summary>What the two kinds of load tell of the same system.</summary>
public sealed class OpenAndClosedLoadTests
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_stall_of_two_seconds_shows_in_the_p99_of_an_open_load_and_not_of_a_closed_one()
    {
        var open = new Recorder();
        await OpenAsync(new StallingServer(), open);

        var closed = new Recorder();
        var server = new StallingServer();
        await ClosedLoad.RunAsync(Users(server, 1), 1, 1, ThinkTime.None, TimeSpan.FromSeconds(4), closed, seed: 1, CancellationToken.None);

        Assert.InRange(open.Latency.Percentile(0.99), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        Assert.InRange(closed.Latency.Percentile(0.99), TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        // It was there all the same: once.
        Assert.InRange(closed.Latency.Max, Stall - TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task An_arrival_that_no_user_is_free_for_waits_and_too_many_are_dropped()
    {
        var recorder = new Recorder();
        using var stop = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        var load = new OpenLoad([new Caller(_ => never.Task)], perSecond: 500, recorder, seed: 1) { MaxWaiting = 100 };

        var running = load.RunAsync(TimeSpan.FromSeconds(15), stop.Token);
        await Eventually.HoldsAsync("an arrival is dropped", ChatApplication.Patience, () => Task.FromResult(load.Dropped > 0));
        await stop.CancelAsync();
        never.SetResult();
        await running;

        Assert.Equal(load.Arrived, 1 + 100 + load.Dropped);
        Assert.Equal(0, recorder.Errors);
    }

    [Fact]
    public async Task An_open_load_comes_at_its_rate_however_slow_the_answers_are()
    {
        var recorder = new Recorder();
        var load = new OpenLoad(Users(new Caller(stop => Task.Delay(100, stop)), 200), perSecond: 500, recorder, seed: 1);

        await load.RunAsync(TimeSpan.FromSeconds(2), CancellationToken.None);

        Assert.InRange(load.Arrived, 850, 1150);
        Assert.Equal(load.Arrived, recorder.Accepted);
        Assert.Equal(0, load.Dropped);
    }

    [Fact]
    public async Task All_users_of_a_growing_closed_load_come()
    {
        var seen = new HashSet<int>();
        var users = Enumerable.Range(0, 10).Select(number => (IUser)new Caller(stop =>
        {
            lock (seen)
            {
                seen.Add(number);
                return Task.Delay(5, stop);
            }
        })).ToArray();

        await ClosedLoad.RunAsync(users, 0, 10, ThinkTime.None, TimeSpan.FromSeconds(1), new Recorder(), 1, CancellationToken.None);

        Assert.Equal(10, seen.Count);
    }

    private static async Task OpenAsync(IUser server, Recorder recorder)
    {
        var load = new OpenLoad(Users(server, 1000), perSecond: 200, recorder, seed: 1);
        await load.RunAsync(TimeSpan.FromSeconds(4), CancellationToken.None);
    }

    private static IUser[] Users(IUser user, int count) => [.. Enumerable.Repeat(user, count)];

    private class Caller(Func<CancellationToken, Task> call) : IUser
    {
        public async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
        {
            await call(stop);
            recorder.Succeeded("call", due, 1);
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Answers within a millisecond or two, but for two seconds, from the first second on, not at all.</summary>
    private sealed class StallingServer : IUser
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
        {
            var age = Stopwatch.GetElapsedTime(_started);
            var begin = TimeSpan.FromSeconds(1);
            await Task.Delay(age > begin && age < begin + Stall ? begin + Stall - age : TimeSpan.FromMilliseconds(1), stop);
            recorder.Succeeded("call", due, 1);
        }

        public void Dispose()
        {
        }
    }
}
