namespace Chat.Contracts.Messages;

/// <summary>Bounds that clients may rely on.</summary>
public static class MessageLimits
{
    /// <summary>Characters (UTF-16 code units) of a message.</summary>
    public const int TextMax = 10_000;

    /// <summary>Characters of the name of a programming language.</summary>
    public const int LanguageMax = 32;

    /// <summary>Bytes of a ciphertext, before base64: the longest text is 30,000 in UTF-8.</summary>
    public const int CiphertextMax = 32 * 1024;

    /// <summary>Characters of what comes with a ciphertext.</summary>
    public const int MetadataMax = 2_048;

    /// <summary>Characters of a poll's question.</summary>
    public const int QuestionMax = 300;

    /// <summary>Options of a poll, at least.</summary>
    public const int OptionsMin = 2;

    /// <summary>Options of a poll, at most.</summary>
    public const int OptionsMax = 20;

    /// <summary>Characters of an option.</summary>
    public const int OptionMax = 100;

    /// <summary>People mentioned in one message.</summary>
    public const int MentionsMax = 50;

    /// <summary>Pinned messages of one conversation.</summary>
    public const int PinsMax = 100;

    /// <summary>Reactions of one user to one message.</summary>
    public const int ReactionsPerUser = 20;

    /// <summary>People named for each emoji in a message's summary: more would be most of a page that many have reacted to.</summary>
    public const int NamesInSummary = 2;

    /// <summary>Of further emoji only the first person is named, so that pages stay small.</summary>
    public const int EmojiWithAllNames = 5;

    /// <summary>Messages or changes in one page.</summary>
    public const int PageMax = 100;
}
