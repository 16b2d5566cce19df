using Microsoft.Extensions.Options;

namespace Chat.Data.Files;

/// <summary>While it lasts, everybody is given the same link to a file; the link expires at the end of the next one.</summary>
/// <param name="Begins">In Unix seconds.</param>
/// <param name="Length">In seconds.</param>
public readonly record struct LinkWindow(long Begins, long Length)
{
    /// <summary>When its links expire, in Unix seconds: they hold for one window at least, and two at most.</summary>
    public long Expires => Begins + (2 * Length);

    public LinkWindow Next => this with { Begins = Begins + Length };
}

/// <summary>The windows of this installation, which all its processes count alike: from 1970 on, each as long as <see cref="FilesOptions.LinkWindow"/>.</summary>
public sealed class LinkWindows(IOptions<FilesOptions> options, TimeProvider time)
{
    private readonly long _length = Math.Max(1, (long)options.Value.LinkWindow.TotalSeconds);

    public LinkWindow Now => new(time.GetUtcNow().ToUnixTimeSeconds() / _length * _length, _length);

    /// <summary>Whether its last quarter has begun: time to sign for the next.</summary>
    public bool IsEnding(LinkWindow window) => time.GetUtcNow().ToUnixTimeMilliseconds() > (window.Begins * 1000) + (750 * window.Length);
}
