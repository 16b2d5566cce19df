namespace Chat.LoadTests.Stacks;

/// <summary>How a private stack counts requests.</summary>
internal enum RateLimits
{
    /// <summary>Not at all: the load is greater than people's.</summary>
    Off,

    /// <summary>As it is shipped, but with limits that nobody reaches: what the counting costs.</summary>
    High,

    /// <summary>As it is shipped.</summary>
    On,
}

internal static class RateLimitsExtensions
{
    /// <summary>For <c>run.sh</c>.</summary>
    public static IEnumerable<string> Arguments(this RateLimits limits) => limits switch
    {
        RateLimits.Off => ["--RateLimits:Enabled=false"],
        RateLimits.High => ["--RateLimits:Factor=100000"],
        _ => [],
    };

    /// <summary>For whoever reads the result.</summary>
    public static string Describe(this RateLimits limits) => limits switch
    {
        RateLimits.Off => "off",
        RateLimits.High => "on, a hundred thousand times as high",
        _ => "on, as shipped",
    };
}
