using System.Diagnostics;

namespace Chat.LoadTests.Measuring;

/// <summary>
/// A closed load: each user acts, waits for the answer, pauses, acts again. A system that stalls is asked less, so its latencies look
/// better than those of people who come of their own accord: for these there is <see cref="OpenLoad"/>.
/// </summary>
internal static class ClosedLoad
{
    /// <summary>
    /// Lets users act until <paramref name="duration"/> has passed, each at least once, and waits for the acts under way. Their number goes evenly from
    /// <paramref name="from"/> to <paramref name="to"/>; the first of <paramref name="users"/> act.
    /// </summary>
    public static async Task RunAsync(
        IReadOnlyList<IUser> users, int from, int to, ThinkTime think, TimeSpan duration, Recorder recorder, int seed, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Math.Max(from, to)).Select(number => Task.Run(() => LiveAsync(number), CancellationToken.None)));

        async Task LiveAsync(int number)
        {
            var random = new Random(HashCode.Combine(seed, number));
            var (begin, end) = Share(number, from, to);
            // Those who are there from the first moment do not begin all at once.
            await PauseAsync((duration * begin) + (begin == 0 ? think.Next(random) : TimeSpan.Zero));
            do
            {
                await users[number].ActAsync(Stopwatch.GetTimestamp(), recorder, stop);
                await PauseAsync(think.Next(random));
            }
            while (!stop.IsCancellationRequested && Stopwatch.GetElapsedTime(started) < duration * end);
        }

        async Task PauseAsync(TimeSpan pause)
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>From which to which part of the phase a user acts.</summary>
    private static (double Begin, double End) Share(int number, int from, int to) =>
        from <= to
            ? (number < from ? 0 : (double)(number - from + 1) / (to - from + 1), 1)
            : (0, number < to ? 1 : (double)(from - number) / (from - to + 1));
}
