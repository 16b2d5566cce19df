using System.Globalization;
using System.Threading.RateLimiting;
using Chat.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;

namespace Chat.Realtime.Hub;

/// <summary>
/// Lets connects in at a bounded rate: when a node dies all its clients come at once, and those who send must not feel it. The others
/// wait, so many; beyond, and while this node is stopping, they are refused and told when to come back.
/// </summary>
internal sealed class Admission : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly TokenBucketRateLimiter _rate;
    private readonly Arrivals _arrivals;

    public Admission(IOptions<RealtimeOptions> options, Arrivals arrivals)
    {
        _arrivals = arrivals;
        _rate = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            ReplenishmentPeriod = Period,
            TokensPerPeriod = Math.Max(1, (int)(options.Value.ConnectsPerSecond * Period.TotalSeconds)),
            TokenLimit = Math.Max(1, options.Value.ConnectsPerSecond / 4),
            QueueLimit = options.Value.ConnectsWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Set once this node is about to stop.</summary>
    public bool IsClosed { get; set; }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = IsClosed ? null : await _rate.AcquireAsync(1, context.RequestAborted);
        if (IsClosed || lease is not { IsAcquired: true })
        {
            RealtimeMetrics.Refused(IsClosed ? "draining" : "full");
            context.Response.Headers.RetryAfter = Random.Shared.Next(1, IsClosed ? 3 : 15).ToString(CultureInfo.InvariantCulture);
            await Problems.Busy().ExecuteAsync(context);
            return;
        }

        _arrivals.Add();
        await next(context);
    }

    public void Dispose() => _rate.Dispose();
}
