using System.Globalization;
using Chat.Data.RateLimits;
using Microsoft.Extensions.Options;

namespace Chat.Api.Limits;

/// <summary>The limit of each policy, as configured.</summary>
internal sealed class PolicyLimits
{
    private readonly PolicyLimit[] _limits;

    public PolicyLimits(IOptions<RateLimitOptions> options)
    {
        var o = options.Value;
        _limits =
        [
            Of("reads", o.Reads), Of("changes", o.Changes), Of("sends", o.Sends), Of("searches", o.Searches), Of("sign-ins", o.SignIns),
            Of("refreshes", o.Refreshes), Of("anonymous", o.Anonymous), Of("names", o.Names),
        ];

        PolicyLimit Of(string name, RateLimitSetting setting) => new(new RateLimit(
            name, Math.Clamp(setting.PerSecond * o.Factor, 0.001, 1_000_000), (int)Math.Clamp(setting.Burst * o.Factor, 1, 1_000_000)));
    }

    public PolicyLimit this[LimitPolicy policy] => _limits[(int)policy];
}

/// <summary>A limit, and how the header fields speak of it: draft-ietf-httpapi-ratelimit-headers, sections 3 and 4.</summary>
internal sealed record PolicyLimit(RateLimit Limit)
{
    /// <summary>So many (<c>q</c>) in so many seconds (<c>w</c>): a bucket's size, and the time in which an empty one fills up.</summary>
    public string Policy { get; } = string.Create(
        CultureInfo.InvariantCulture, $"\"{Limit.Name}\";q={Limit.Burst};w={Math.Ceiling(Limit.Tolerance / 1e6)}");

    /// <summary>So many left (<c>r</c>); seconds (<c>t</c>) until all are back, or, where none is left, until the next.</summary>
    public string State(Permit permit) => string.Create(
        CultureInfo.InvariantCulture, $"\"{Limit.Name}\";r={permit.Remaining};t={Seconds(permit.Wait)}");

    /// <summary>Rounded up, so that who waits that long is granted.</summary>
    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
