using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Chat.Contracts.Files;
using Chat.Contracts.Messages;
using Chat.Data.Statements;
using Microsoft.Extensions.Options;

namespace Chat.Data.Files;

/// <summary>
/// The links of this window and the next, for the pages and messages that show files. A page is never kept waiting: what is not in memory is
/// signed at once. Where the worker signs ahead, what it has signed comes here by <see cref="SharedLinks"/> before anybody asks.
/// </summary>
public sealed class LinkCache(ILinkSigner signer, LinkWindows windows, IOptions<FilesOptions> options)
{
    /// <summary>64 MB: 180,000 links to the API, or 45,000 to S3. Beyond, the window's links are dropped and signed anew as they are asked for.</summary>
    private const long Capacity = 32 * 1024 * 1024;

    private static readonly Meter Meter = new(Statement.MeterName);

    private static readonly Histogram<double> FromMemory = Meter.CreateHistogram(
        "chat.files.links.from_memory", unit: "1", description: "Of the links of one answer, the share that was in memory already.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0, 0.5, 0.9, 0.99] });

    private static readonly Counter<long> Signed = Meter.CreateCounter<long>(
        "chat.files.links.signed", description: "Links that were signed while somebody was waiting for the answer.");

    private readonly Lock _turning = new();
    private readonly Channel<Guid> _wanted = Channel.CreateBounded<Guid>(10_000);
    private KeptLinks _now = new(default);
    private KeptLinks _next = new(default);

    /// <summary>Whether the worker is told what is in use, and signs ahead.</summary>
    public bool IsShared { get; } = options.Value.LinksAhead ?? signer.IsDear;

    /// <summary>Files whose links the worker is to sign, and to renew: new ones, and each that was given to somebody for the first time in its window.</summary>
    public ChannelReader<Guid> Wanted => _wanted.Reader;

    public (string Url, DateTimeOffset ExpiresAt) Of(LinkedFile file)
    {
        var kept = Current();
        return (Of(file, kept, out _), DateTimeOffset.FromUnixTimeSeconds(kept.Window.Expires));
    }

    public StoredFile Of(FileFacts file)
    {
        var thumbnail = file.Thumbnail is { } small ? small with { Url = Of(small.AsLinked()).Url } : null;
        return file.With(Of(new LinkedFile(file.Id, file.Name, file.MediaType)), thumbnail);
    }

    public Message Link(Message message) => message.Content?.File is null ? message : Link([message])[0];

    public IReadOnlyList<Message> Link(IReadOnlyList<Message> messages) => messages.Any(message => message.Content?.File is not null)
        ? LinkAll(messages, message => message.Content?.File, (message, file) => message with { Content = message.Content! with { File = file } })
        : messages;

    public MessagePage Link(MessagePage page) => page with { Items = Link(page.Items) };

    public FileList Link(FileList page) => page with { Items = LinkAll(page.Items, item => item.File, (item, file) => item with { File = file }) };

    /// <summary>The worker is to sign the links of a file that nobody has asked for yet.</summary>
    public void Want(Guid file)
    {
        if (IsShared)
        {
            _wanted.Writer.TryWrite(file);
        }
    }

    /// <summary>Takes a link that another process has signed, of this window or the next; passes over others, and what there is no room for.</summary>
    public void Keep(long expires, Guid file, string url)
    {
        var now = Current();
        var kept = expires == now.Window.Expires ? now : expires == now.Window.Next.Expires ? _next : null;
        if (kept is not null && kept.Size < Capacity / 2)
        {
            kept.Add(file, url);
        }
    }

    private T[] LinkAll<T>(IReadOnlyList<T> items, Func<T, FileContent?> fileOf, Func<T, FileContent, T> with)
    {
        var (kept, linked, asked, known) = (Current(), new T[items.Count], 0, 0);
        for (var n = 0; n < linked.Length; n++)
        {
            linked[n] = items[n];
            if (fileOf(items[n]) is { } file)
            {
                var url = Of(new LinkedFile(file.Id, file.Name, file.MediaType), kept, out var wasKnown);
                var thumbnail = file.Thumbnail is { } small ? small with { Url = Of(small.AsLinked(), kept, out _) } : null;
                linked[n] = with(items[n], file with { Url = url, Thumbnail = thumbnail });
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

    private string Of(in LinkedFile file, KeptLinks kept, out bool wasKnown)
    {
        var link = kept.Find(file.Id);
        wasKnown = link is not null;
        if (link is null)
        {
            link = kept.Add(file.Id, signer.Sign(file, kept.Window));
            Signed.Add(1);
        }

        if (IsShared && link.IsFirst())
        {
            _wanted.Writer.TryWrite(file.Id);
        }

        return link.Url;
    }

    private KeptLinks Current()
    {
        var (kept, window) = (Volatile.Read(ref _now), windows.Now);
        return kept.Window == window && kept.Size < Capacity ? kept : Turn(window);
    }

    private KeptLinks Turn(LinkWindow window)
    {
        lock (_turning)
        {
            if (_now.Window != window)
            {
                Volatile.Write(ref _now, _next.Window == window ? _next : new KeptLinks(window));
                _next = new KeptLinks(window.Next);
            }
            else if (_now.Size >= Capacity)
            {
                Volatile.Write(ref _now, new KeptLinks(window));
            }

            return _now;
        }
    }
}
