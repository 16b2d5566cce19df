namespace Chat.LoadTests.Stacks;

/// <summary>What named processes, each with its descendants, have used until now.</summary>
internal sealed class ProcessSnapshot
{
    private readonly Dictionary<string, Entry> _entries;

    private ProcessSnapshot(Dictionary<string, Entry> entries) => _entries = entries;

    public static ProcessSnapshot Take(IReadOnlyCollection<NamedProcess> processes)
    {
        var stats = ProcFile.All().Select(pid => (Id: pid, Stat: ProcFile.StatOf(pid))).Where(p => p.Stat is not null)
            .ToDictionary(p => p.Id, p => p.Stat!);
        var children = stats.ToLookup(p => p.Value.ParentId, p => p.Key);
        var named = processes.Select(p => p.Id).ToHashSet();
        var entries = new Dictionary<string, Entry>();
        foreach (var (name, root) in processes)
        {
            if (stats.TryGetValue(root, out var stat))
            {
                var members = WithDescendants(root).ToArray();
                entries[name] = new Entry(
                    root, stat.StartedAt, members.Sum(pid => stats[pid].CpuSeconds), members.Sum(pid => ProcFile.ProportionalBytesOf(pid) ?? 0));
            }
        }

        return new ProcessSnapshot(entries);

        IEnumerable<int> WithDescendants(int pid) =>
            children[pid].Where(child => !named.Contains(child)).SelectMany(WithDescendants).Prepend(pid);
    }

    /// <summary>By name, how much each holds now: memory in 10⁶ bytes, and handles.</summary>
    public IReadOnlyDictionary<string, (double Mb, int Handles)> Held() => _entries.ToDictionary(
        e => e.Key, e => (e.Value.Bytes / 1_000_000.0, ProcFile.HandlesOf(e.Value.Id)));

    /// <summary>By name, what was used between an earlier snapshot and this one, and what became of the processes of then.</summary>
    public IReadOnlyDictionary<string, ProcessUsage> Since(ProcessSnapshot before) =>
        before._entries.Keys.Union(_entries.Keys).Order(StringComparer.Ordinal).ToDictionary(name => name, name => UsageOf(name, before));

    private ProcessUsage UsageOf(string name, ProcessSnapshot before)
    {
        if (!_entries.TryGetValue(name, out var now))
        {
            return new ProcessUsage(0, 0, ProcessFate.Died);
        }

        var same = before._entries.TryGetValue(name, out var then) && (then.Id, then.StartedAt) == (now.Id, now.StartedAt);
        return new ProcessUsage(
            now.CpuSeconds - (same ? then!.CpuSeconds : 0), now.Bytes / 1_000_000.0, same ? ProcessFate.Lived : ProcessFate.Replaced);
    }

    private sealed record Entry(int Id, long StartedAt, double CpuSeconds, long Bytes);
}

/// <param name="CpuSeconds">User and system time, to 0.01 s a process; of a process that was replaced, the new one's.</param>
/// <param name="ResidentMb">In 10⁶ bytes, at the second snapshot; memory that several processes share counts once.</param>
/// <param name="Fate">Anything but <see cref="ProcessFate.Lived"/> makes the verdict "crashes".</param>
internal sealed record ProcessUsage(double CpuSeconds, double ResidentMb, ProcessFate Fate);

internal enum ProcessFate
{
    /// <summary>The same process at both times.</summary>
    Lived,

    /// <summary>It was gone at the second.</summary>
    Died,

    /// <summary>Another one, started later, was in its place.</summary>
    Replaced,
}
