using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.ServiceDefaults;

/// <summary>The section <c>Connections</c> of the configuration: what a connection may take before it is a request. Whoever is slower or bigger is cut off.</summary>
internal sealed class ConnectionOptions
{
    public const string Section = "Connections";

    /// <summary>At once, to this process, WebSockets included. More are closed as they come.</summary>
    [Range(1, 1_000_000)]
    public int Max { get; set; } = 20_000;

    /// <summary>For the whole head of a request, from its first byte: who sends a line now and then (slow loris) holds a connection no longer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan HeadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two requests.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>Of a request's head, in bytes.</summary>
    [Range(2_048, 1_048_576)]
    public int MaxHeadBytes { get; set; } = 16 * 1024;

    /// <summary>At which a body has to come, and an answer to be taken, once <see cref="Grace"/> is over; averaged.</summary>
    [Range(1, 1_000_000)]
    public double MinBytesPerSecond { get; set; } = 240;

    /// <summary>Kestrel looks once a second, hence no less than two.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);
}

internal static class ConnectionExtensions
{
    public static void AddConnectionLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ConnectionOptions>().BindConfiguration(ConnectionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ConnectionOptions>>((kestrel, options) =>
        {
            var (limits, connections) = (kestrel.Limits, options.Value);
            kestrel.AddServerHeader = false;
            limits.MaxConcurrentConnections = connections.Max;
            limits.RequestHeadersTimeout = connections.HeadTimeout;
            limits.KeepAliveTimeout = connections.KeepAlive;
            limits.MaxRequestHeadersTotalSize = connections.MaxHeadBytes;
            limits.MaxRequestLineSize = Math.Min(limits.MaxRequestLineSize, connections.MaxHeadBytes);
            limits.MinRequestBodyDataRate = new MinDataRate(connections.MinBytesPerSecond, connections.Grace);
            limits.MinResponseDataRate = new MinDataRate(connections.MinBytesPerSecond, connections.Grace);
        });
    }
}
