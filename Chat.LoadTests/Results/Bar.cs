using System.Globalization;

namespace Chat.LoadTests.Results;

/// <summary>What a result must reach.</summary>
/// <param name="Name">What is measured, with its unit.</param>
/// <param name="Value">Takes it from a result; null where it was not measured, which does not meet the bar.</param>
internal sealed record Bar(string Name, Func<RunResult, double?> Value, double Bound, bool AtLeast = false, bool Strict = false)
{
    public BarResult Judge(RunResult result)
    {
        var value = Value(result);
        var met = value is { } v && (AtLeast ? v >= Bound : Strict ? v < Bound : v <= Bound);
        return new BarResult(Name, ToString(), value is { } known ? Math.Round(known, 3) : null, met);
    }

    public override string ToString() => (AtLeast ? "≥ " : Strict ? "< " : "≤ ") + Bound.ToString("#,0.##", CultureInfo.InvariantCulture);
}

/// <param name="Name">What was measured.</param>
/// <param name="Bar">What it had to reach.</param>
/// <param name="Value">What it was; absent: it could not be measured.</param>
internal sealed record BarResult(string Name, string Bar, double? Value, bool Met);
