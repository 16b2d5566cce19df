using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios;

/// <summary>A part of a scenario with one kind of load.</summary>
/// <param name="Name">Unique in its scenario.</param>
/// <param name="Duration">For how long calls begin; those under way at the end are waited for.</param>
/// <param name="Users">How many act, or, in an open load, stand ready to.</param>
internal sealed record Phase(string Name, TimeSpan Duration, int Users)
{
    /// <summary>How many act at the beginning, where their number grows or shrinks to <see cref="Users"/>.</summary>
    public int? UsersBefore { get; init; }

    public ThinkTime Think { get; init; } = ThinkTime.Usual;

    /// <summary>Arrivals a second, of an open load; null: closed.</summary>
    public double? Rate { get; init; }

    /// <summary>Open loads that run at the same time, by name: arrivals a second. They have results of their own.</summary>
    public Dictionary<string, double> Beside { get; init; } = [];

    /// <summary>Messages of which the conversation has to exist that is read in this phase; null: as many as the scenario says.</summary>
    public int? Messages { get; init; }

    /// <summary>How many sockets are open when it begins; null: as many as before.</summary>
    public int? Sockets { get; init; }

    /// <summary>How many members of the room connect and then read nothing.</summary>
    public int Silent { get; init; }

    /// <summary>The process that is killed when a twentieth of the phase is over.</summary>
    public string? Kills { get; init; }

    /// <summary>Whether memory and handles of all processes are looked at again and again.</summary>
    public bool Sampled { get; init; }

    /// <summary>Members of each of the conversations that are listed in this phase; null: as many as the scenario says.</summary>
    public int? Members { get; init; }

    /// <summary>Pages of text are read instead of those with files.</summary>
    public bool OfText { get; init; }

    /// <summary>Fills caches and pools before anything is measured. Not in the result.</summary>
    public bool WarmUp { get; init; }

    /// <summary>Its figures stand at the top of the result; where none says so, those of the first that is no warm-up.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether what came of it counts for the verdict: not, where it asks for more than can be given, to find out how much that is.</summary>
    public bool Judged { get; init; } = true;

    public override string ToString() => (UsersBefore is { } before ? $"{before} to {Users}" : $"{Users}") + " users, "
        + (Rate is { } rate ? $"{rate:0.##} arrivals a second" : Think == ThinkTime.None ? "no pause" : $"pausing {Think}") + $", {Duration.TotalSeconds:0.#} s"
        + (Silent > 0 ? $", {Silent} silent" : "") + (Kills is { } victim ? $", {victim} killed" : "")
        + string.Concat(Beside.Select(load => $", {load.Key} at {load.Value:0.##}/s"))
        + (Messages is { } messages ? $", among {messages:#,0} messages" : "") + (Members is { } members ? $", of {members:#,0} members" : "");
}
