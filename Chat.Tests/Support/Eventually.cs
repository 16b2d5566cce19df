using System.Diagnostics;

namespace Chat.Tests.Support;

/// <summary>Waits for a condition that the system under test brings about by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the condition holds, and fails with what it was when the time is up.</summary>
    public static async Task HoldsAsync(string condition, TimeSpan within, Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < within, $"Not within {within.TotalSeconds} s: {condition}");
            await timer.WaitForNextTickAsync();
        }
    }
}
