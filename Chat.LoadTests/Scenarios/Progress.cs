using System.Diagnostics;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios;

/// <summary>Tells the person at the terminal what is going on: every second in place, or every ten seconds a line where the output goes to a file.</summary>
internal sealed class Progress(TextWriter terminal, bool inPlace)
{
    public void Say(string line) => terminal.WriteLine(line);

    /// <summary>Tells how a phase goes until it is disposed.</summary>
    public IDisposable Watch(Phase phase, Recorder recorder)
    {
        Say($"  {phase.Name}: {phase}");
        var started = Stopwatch.GetTimestamp();
        var every = TimeSpan.FromSeconds(inPlace ? 1 : 10);
        var before = 0L;
        var timer = new Timer(
            _ =>
            {
                var now = recorder.Accepted;
                var rate = (now - Interlocked.Exchange(ref before, now)) / every.TotalSeconds;
                var line = $"    {Stopwatch.GetElapsedTime(started).TotalSeconds,4:0} s {rate,8:0}/s  p95 {recorder.Latency.Percentile(0.95).TotalMilliseconds:0.0} ms  errors {recorder.Errors}";
                terminal.Write(inPlace ? $"\r{line}   " : line + Environment.NewLine);
            },
            null, every, every);
        return new Watching(timer, inPlace ? terminal : null);
    }

    private sealed class Watching(Timer timer, TextWriter? line) : IDisposable
    {
        public void Dispose()
        {
            timer.Dispose();
            line?.Write("\r" + new string(' ', 70) + "\r");
        }
    }
}
