namespace Chat.LoadTests.Limits;

/// <summary>What became of measuring a limit.</summary>
internal abstract record LimitResult
{
    private LimitResult(string name) => Name = name;

    public string Name { get; }

    /// <param name="Name">The limit's name.</param>
    /// <param name="PerSecond">How many of <paramref name="Unit"/> a second.</param>
    /// <param name="Unit">What was counted, in the plural.</param>
    /// <param name="What">What was done, in a sentence.</param>
    internal sealed record Measured(string Name, double PerSecond, string Unit, string What) : LimitResult(Name);

    /// <param name="Name">The limit's name.</param>
    /// <param name="Why">What is missing or went wrong, in a sentence without its full stop.</param>
    internal sealed record NotMeasured(string Name, string Why) : LimitResult(Name);
}
