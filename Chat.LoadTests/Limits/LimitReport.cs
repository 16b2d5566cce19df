using System.Text.Json.Serialization;

namespace Chat.LoadTests.Limits;

/// <summary>A limit in a file. What does not apply is left out.</summary>
/// <param name="Name">The limit's name.</param>
/// <param name="PerSecond">How many of <paramref name="Unit"/> a second.</param>
/// <param name="Unit">What was counted.</param>
/// <param name="What">What was done.</param>
/// <param name="NotMeasured">Why there is no figure.</param>
internal sealed record LimitReport(
    string Name, double? PerSecond = null, string? Unit = null, string? What = null, string? NotMeasured = null)
{
    public static LimitReport Of(LimitResult result) => result switch
    {
        LimitResult.Measured m => new(m.Name, Math.Round(m.PerSecond, 1), m.Unit, m.What),
        LimitResult.NotMeasured n => new(n.Name, NotMeasured: n.Why),
        _ => throw new InvalidOperationException($"{result} is no result."),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(IEnumerable<LimitReport>))]
internal sealed partial class LimitReportJson : JsonSerializerContext;
