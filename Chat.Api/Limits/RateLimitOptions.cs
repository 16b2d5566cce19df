using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Chat.Api.Limits;

/// <summary>
/// The section <c>RateLimits</c> of the configuration. The defaults leave people alone, also those with several devices and a slow network that
/// comes back: docs/limits.md.
/// </summary>
internal sealed class RateLimitOptions : IValidatableObject
{
    public const string Section = "RateLimits";

    /// <summary>False: nothing is counted, no header is sent. For load tests.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Multiplies all limits, bursts included.</summary>
    [Range(0.01, 1_000_000)]
    public double Factor { get; set; } = 1;

    /// <summary>
    /// The networks (such as <c>10.0.0.0/8</c>) of the proxies in front, whose <c>X-Forwarded-For</c> is believed. Without it everybody behind a proxy
    /// has the proxy's address, and shares its limits.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];

    [ValidateObjectMembers]
    public RateLimitSetting Reads { get; set; } = new() { PerSecond = 50, Burst = 200 };

    [ValidateObjectMembers]
    public RateLimitSetting Changes { get; set; } = new() { PerSecond = 10, Burst = 100 };

    [ValidateObjectMembers]
    public RateLimitSetting Sends { get; set; } = new() { PerSecond = 10, Burst = 50 };

    [ValidateObjectMembers]
    public RateLimitSetting Searches { get; set; } = new() { PerSecond = 5, Burst = 30 };

    /// <summary>A class or an office may have one address.</summary>
    [ValidateObjectMembers]
    public RateLimitSetting SignIns { get; set; } = new() { PerSecond = 5, Burst = 100 };

    /// <summary>Everybody behind an address refreshes every few minutes, and all at once when the network is back.</summary>
    [ValidateObjectMembers]
    public RateLimitSetting Refreshes { get; set; } = new() { PerSecond = 50, Burst = 1_000 };

    [ValidateObjectMembers]
    public RateLimitSetting Anonymous { get; set; } = new() { PerSecond = 20, Burst = 200 };

    [ValidateObjectMembers]
    public RateLimitSetting Names { get; set; } = new() { PerSecond = 0.2, Burst = 20 };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => TrustedProxies
        .Where(network => !IPNetwork.TryParse(network, out _))
        .Select(network => new ValidationResult($"'{network}' is no network such as 10.0.0.0/8.", [nameof(TrustedProxies)]));
}

internal sealed class RateLimitSetting
{
    /// <summary>How many come back each second, over all replicas.</summary>
    [Range(0.001, 1_000_000)]
    public double PerSecond { get; set; }

    /// <summary>How many at once.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; }
}
