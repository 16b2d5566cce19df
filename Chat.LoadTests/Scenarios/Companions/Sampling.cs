using Chat.LoadTests.Results;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Scenarios.Companions;

/// <summary>Looks again and again at how much memory and how many handles each process holds: whether that stays as it is.</summary>
internal sealed class Sampling(Stack stack) : ICompanion
{
    private const int Samples = 90;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private readonly List<IReadOnlyDictionary<string, (double Mb, int Handles)>> _samples = [];
    private CancellationTokenSource _over = new();
    private Task _running = Task.CompletedTask;

    public Task BeginAsync(Phase phase, CancellationToken stop)
    {
        if (phase.Sampled)
        {
            _samples.Clear();
            _over = new CancellationTokenSource();
            _running = Task.Run(() => SampleAsync(phase.Duration / Samples, _over.Token), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task<PhaseResult> EndAsync(Phase phase, PhaseResult result)
    {
        if (!phase.Sampled)
        {
            return result;
        }

        await _over.CancelAsync();
        await _running;
        return result with { Growth = Growth() };
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running;
        _over.Dispose();
    }

    private async Task SampleAsync(TimeSpan every, CancellationToken over)
    {
        using var timer = new PeriodicTimer(every > Shortest ? every : Shortest);
        do
        {
            _samples.Add(stack.Processes().Held());
            await ((Task)timer.WaitForNextTickAsync(over).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!over.IsCancellationRequested);
    }

    /// <summary>
    /// The median of the last fifth beside that of the second: in the first, caches fill and code is compiled; and a collection of garbage
    /// makes single moments differ.
    /// </summary>
    private Dictionary<string, GrowthResult> Growth()
    {
        var fifth = Math.Max(1, _samples.Count / 5);
        var (early, late) = (_samples.Skip(fifth).Take(fifth).DefaultIfEmpty(_samples[0]).ToArray(), _samples.TakeLast(fifth).ToArray());
        return _samples[^1].Keys.Where(name => early[0].ContainsKey(name)).ToDictionary(
            name => name,
            name => new GrowthResult(
                Math.Round(Median(early, name, s => s.Mb), 1), Math.Round(Median(late, name, s => s.Mb), 1),
                (int)Median(early, name, s => s.Handles), (int)Median(late, name, s => s.Handles))
            {
                BeforeMb = Math.Round(_samples[0].TryGetValue(name, out var first) ? first.Mb : 0, 1),
                MostMb = Math.Round(_samples.Max(sample => sample.TryGetValue(name, out var held) ? held.Mb : 0), 1),
            });
    }

    private static double Median(
        IEnumerable<IReadOnlyDictionary<string, (double Mb, int Handles)>> samples, string name, Func<(double Mb, int Handles), double> value)
    {
        double[] sorted = [.. samples.Where(s => s.ContainsKey(name)).Select(s => value(s[name])).Order()];
        return sorted[sorted.Length / 2];
    }
}
