using Chat.Contracts.Messages;

namespace Chat.LoadTests.Seeding.Copying;

/// <summary>How the tables write values of the contracts.</summary>
internal static class Column
{
    private static readonly Dictionary<MessageKind, string> Kinds =
        Enum.GetValues<MessageKind>().ToDictionary(kind => kind, kind => kind.ToString().ToLowerInvariant());

    /// <summary>No new string for each of a million messages.</summary>
    public static string Of(MessageKind kind) => Kinds[kind];
}
