using System.Globalization;

namespace Chat.LoadTests.Commands;

/// <summary>Durations and rates as people write them.</summary>
internal static class Spans
{
    /// <summary>Reads 30s, 5m, 1h or 500ms; more than none and no more than a day.</summary>
    public static TimeSpan? Parse(string text, Action<string> refuse)
    {
        var unit = text.TrimStart("0123456789.".ToCharArray());
        var seconds = unit switch { "ms" => 0.001, "s" or "" => 1, "m" => 60, "h" => 3600, _ => double.NaN };
        if (double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * seconds is > 0 and <= 86_400 and var total)
        {
            return TimeSpan.FromSeconds(total);
        }

        refuse($"'{text}' is no duration. Say it like 30s, 5m or 1h.");
        return null;
    }

    /// <summary>Reads 1000/s or 1000.</summary>
    public static double? ParseRate(string text, Action<string> refuse)
    {
        var number = text.EndsWith("/s", StringComparison.Ordinal) ? text[..^2] : text;
        if (double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1_000_000)
        {
            return rate;
        }

        refuse($"'{text}' is no rate. Say it like 1000/s.");
        return null;
    }
}
