using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Messages;

/// <param name="ClientId">A UUID made by the client, the same for each attempt to send this message: it is stored once however often it is sent.</param>
/// <param name="Text">Markdown, 1 to 10,000 characters (UTF-16 code units), something of it visible.</param>
public sealed record SendMessageRequest(
    [property: ClientId]
    Guid ClientId,
    [property: StringLength(MessageLimits.TextMax, MinimumLength = 1)]
    [property: MessageText]
    string Text);

/// <summary>Bounds that clients may rely on.</summary>
public static class MessageLimits
{
    /// <summary>Characters (UTF-16 code units) of a message.</summary>
    public const int TextMax = 10_000;

    /// <summary>Reactions of one user to one message.</summary>
    public const int ReactionsPerUser = 20;

    /// <summary>Messages or changes in one page.</summary>
    public const int PageMax = 100;
}
