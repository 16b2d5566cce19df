using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Messages;

/// <param name="Text">The new text, or caption: 1 to 10,000 characters, something of it visible.</param>
/// <param name="Mentions">Whom it mentions from now on, up to 50; who is no member is left out. Mentions stay as they are where this and <paramref name="MentionsEveryone"/> are absent.</param>
/// <param name="MentionsEveryone">Whether it mentions all members from now on.</param>
public sealed record EditMessageRequest(
    [property: StringLength(MessageLimits.TextMax, MinimumLength = 1)]
    [property: MessageText]
    string Text,
    [property: MaxLength(MessageLimits.MentionsMax, ErrorMessage = "At most 50 people in one message.")]
    IReadOnlyList<Guid>? Mentions = null,
    bool? MentionsEveryone = null);
