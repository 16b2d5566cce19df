using System.Globalization;

namespace Chat.LoadTests.Measuring;

/// <summary>How long a user pauses between calls: evenly spread between two bounds.</summary>
internal readonly record struct ThinkTime(TimeSpan Least, TimeSpan Most)
{
    /// <summary>What users do unless a scenario says otherwise: 0.1 to 0.3 s.</summary>
    public static readonly ThinkTime Usual = FromSeconds(0.1, 0.3);

    /// <summary>No pause: as fast as the answers come.</summary>
    public static readonly ThinkTime None;

    public static ThinkTime FromSeconds(double least, double most) => new(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));

    public TimeSpan Next(Random random) => Least + ((Most - Least) * random.NextDouble());

    /// <summary>Reads "0.1-0.3s", "0.2s" or "0".</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static ThinkTime Parse(string text)
    {
        var bounds = text.TrimEnd('s').Split('-');
        var seconds = bounds.Select(b => double.TryParse(b, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var s) ? s : -1).ToArray();
        return seconds is [>= 0] or [>= 0, >= 0] && seconds[0] <= seconds[^1] && seconds[^1] <= 3600
            ? FromSeconds(seconds[0], seconds[^1])
            : throw new FormatException($"'{text}' is no think time. Say it like 0.1-0.3s, 0.2s or 0.");
    }

    public override string ToString()
    {
        var (least, most) = (Least.TotalSeconds, Most.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{least:0.###}{(least == most ? "" : "-")}{(least == most ? null : most):0.###}s");
    }
}
