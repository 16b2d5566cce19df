using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chat.Contracts.Files;
using Chat.Contracts.Messages;
using Chat.Data.Statements;

namespace Chat.Data.Files;

/// <summary>The links of this window, each signed once in a process, for the pages and messages that show files.</summary>
public sealed class LinkCache(FileLinks links)
{
    /// <summary>About 30 MB. Beyond, the window's links are dropped and signed anew as they are asked for.</summary>
    private const int Capacity = 100_000;

    private static readonly Histogram<double> FromMemory = new Meter(Statement.MeterName).CreateHistogram(
        "chat.files.links.from_memory", unit: "1", description: "Of the links of one answer, the share that had been signed before.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0, 0.5, 0.9, 0.99] });

    private Window _window = new(0);

    public (string Url, DateTimeOffset ExpiresAt) Of(Guid file)
    {
        var window = Current();
        return (Of(file, window).Url, DateTimeOffset.FromUnixTimeSeconds(window.Expiry));
    }

    public Message Link(Message message) => message.Content?.File is null ? message : Link([message])[0];

    public IReadOnlyList<Message> Link(IReadOnlyList<Message> messages) => messages.Any(message => message.Content?.File is not null)
        ? LinkAll(messages, message => message.Content?.File, (message, file) => message with { Content = message.Content! with { File = file } })
        : messages;

    public MessagePage Link(MessagePage page) => page with { Items = Link(page.Items) };

    public FileList Link(FileList page) => page with { Items = LinkAll(page.Items, item => item.File, (item, file) => item with { File = file }) };

    private T[] LinkAll<T>(IReadOnlyList<T> items, Func<T, FileContent?> fileOf, Func<T, FileContent, T> with)
    {
        var (window, linked, asked, known) = (Current(), new T[items.Count], 0, 0);
        for (var n = 0; n < linked.Length; n++)
        {
            linked[n] = items[n];
            if (fileOf(items[n]) is { } file)
            {
                var (url, wasKnown) = Of(file.Id, window);
                linked[n] = with(items[n], file with { Url = url });
                asked++;
                known += wasKnown ? 1 : 0;
            }
        }

        if (asked > 0)
        {
            FromMemory.Record((double)known / asked);
        }

        return linked;
    }

    private (string Url, bool WasKnown) Of(Guid file, Window window)
    {
        if (window.Links.TryGetValue(file, out var link))
        {
            return (link, true);
        }

        link = links.Sign(file, window.Expiry);
        if (window.Links.TryAdd(file, link))
        {
            Interlocked.Increment(ref window.Count);
        }

        return (link, false);
    }

    private Window Current()
    {
        var window = _window;
        var expiry = links.Expiry;
        if (window.Expiry != expiry || Volatile.Read(ref window.Count) >= Capacity)
        {
            _window = window = new Window(expiry);
        }

        return window;
    }

    private sealed class Window(long expiry)
    {
        public int Count;

        public long Expiry => expiry;

        public ConcurrentDictionary<Guid, string> Links { get; } = new();
    }
}
