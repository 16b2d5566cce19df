namespace Chat.Data.Messages;

/// <summary>Whom a message mentions, as it is stored: ids of users, and the id of zeros, which is nobody's, for everyone.</summary>
public static class Mention
{
    public static readonly Guid Everyone = Guid.Empty;

    /// <returns>Null where nobody is mentioned.</returns>
    public static Guid[]? Of(IReadOnlyList<Guid>? people, bool everyone)
    {
        Guid[] mentioned = [.. (people ?? []).Where(id => id != Everyone).Distinct()];
        return everyone ? [Everyone, .. mentioned] : mentioned.Length > 0 ? mentioned : null;
    }

    internal static bool HasEveryone(Guid[]? mentions) => mentions is not null && mentions.Contains(Everyone);

    internal static Guid[]? People(Guid[]? mentions) => mentions switch
    {
        null => null,
        [var one] when one == Everyone => null,
        _ => HasEveryone(mentions) ? [.. mentions.Where(id => id != Everyone)] : mentions,
    };

    /// <summary>As an array literal: an array of arrays cannot hold some of different lengths.</summary>
    internal static string? Literal(Guid[]? mentions) => mentions is null ? null : $"{{{string.Join(',', mentions)}}}";
}
