using System.Collections.Concurrent;

namespace Aspire.Hosting.Running;

/// <summary>What the resources print: shown with their names in front, and the last lines of each kept to explain a failure.</summary>
internal sealed class ResourceLog(bool echo)
{
    private const int Kept = 30;
    private readonly ConcurrentDictionary<string, Queue<string>> _last = [];

    public void Add(string resource, string line)
    {
        var last = _last.GetOrAdd(resource, _ => new Queue<string>(Kept));
        lock (last)
        {
            if (last.Count == Kept)
            {
                last.Dequeue();
            }

            last.Enqueue(line);
        }

        if (echo)
        {
            Console.WriteLine($"[{resource}] {line}");
        }
    }

    public IReadOnlyList<string> LastLines(string resource)
    {
        if (!_last.TryGetValue(resource, out var last))
        {
            return [];
        }

        lock (last)
        {
            return [.. last];
        }
    }
}
