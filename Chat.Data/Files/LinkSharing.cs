using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Chat.Data.Files;

/// <summary>
/// Tells the worker which files are in use here, and takes the links that it signs. Beside the requests, none of which waits for it: with Redis or
/// the worker away, pages sign for themselves what they lack.
/// </summary>
public sealed partial class LinkSharing(LinkCache links, LinkWindows windows, SharedLinks shared, TimeProvider time, ILogger<LinkSharing> log)
    : BackgroundService
{
    private const int Max = 500;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private bool _listens;
    private bool _loaded;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!links.IsShared)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await PassAsync();
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                if (_loaded)
                {
                    LogAlone(log);
                }

                _loaded = false;
            }

            await ((Task)timer.WaitForNextTickAsync(stoppingToken).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!stoppingToken.IsCancellationRequested);
    }

    private async Task PassAsync()
    {
        if (!_listens)
        {
            await shared.HearAsync(Take);
            _listens = true;
        }

        if (!_loaded)
        {
            var known = await shared.LoadAsync(windows.Now, Take) + await shared.LoadAsync(windows.Now.Next, Take);
            LogLoaded(log, known);
            _loaded = true;
        }

        var wanted = new List<Guid>();
        while (wanted.Count < Max && links.Wanted.TryRead(out var file))
        {
            wanted.Add(file);
        }

        if (wanted.Count > 0)
        {
            await shared.WantAsync(wanted);
        }
    }

    private void Take(SignedLinks signed)
    {
        foreach (var (id, url) in signed.Links)
        {
            links.Keep(signed.Expires, id, url);
        }
    }

    [LoggerMessage(LogLevel.Information, "Links to files are shared with the worker, which has signed {Links}")]
    private static partial void LogLoaded(ILogger logger, int links);

    [LoggerMessage(LogLevel.Warning, "Redis does not answer: links to files are signed by the pages that show them until it does")]
    private static partial void LogAlone(ILogger logger);
}
