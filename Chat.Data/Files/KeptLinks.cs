using System.Collections.Concurrent;

namespace Chat.Data.Files;

/// <summary>The links of one window that a process has in memory.</summary>
internal sealed class KeptLinks(LinkWindow window)
{
    /// <summary>What an entry takes beside its characters, counted in characters.</summary>
    private const int Overhead = 100;

    private readonly ConcurrentDictionary<Guid, KeptLink> _links = new();
    private long _size;

    public LinkWindow Window => window;

    /// <summary>In characters: two bytes each.</summary>
    public long Size => Volatile.Read(ref _size);

    public KeptLink? Find(Guid file) => _links.GetValueOrDefault(file);

    public KeptLink Add(Guid file, string url)
    {
        var link = new KeptLink(url);
        if (!_links.TryAdd(file, link))
        {
            return _links[file];
        }

        Interlocked.Add(ref _size, url.Length + Overhead);
        return link;
    }
}

internal sealed class KeptLink(string url)
{
    private int _given;

    public string Url => url;

    /// <summary>True the first time in its window that it is given to anybody.</summary>
    public bool IsFirst() => Volatile.Read(ref _given) == 0 && Interlocked.Exchange(ref _given, 1) == 0;
}
