using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Messages;

/// <summary>A message to be sent. What its kind has no use for must be absent.</summary>
/// <param name="ClientId">A UUID made by the client, the same for each attempt to send this message: it is stored once however often it is sent.</param>
/// <param name="Text">1 to 10,000 characters (UTF-16 code units), something of it visible. <c>text</c> (Markdown) and <c>code</c> need it; <c>image</c>, <c>file</c> and <c>voice</c> may have it as a caption.</param>
/// <param name="Kind">All but <c>poll</c> and <c>system</c>, which are not sent this way.</param>
/// <param name="Language">What <c>code</c> is written in, up to 32 characters, if one wants to say.</param>
/// <param name="FileId">Of <c>image</c>, <c>file</c> and <c>voice</c>: a file that the sender has uploaded, of a media type that fits. <c>encrypted</c> may carry one that was uploaded as encrypted.</param>
/// <param name="Ciphertext">Of <c>encrypted</c>: base64 of at most 32 KB, which hold the longest text and its envelope.</param>
/// <param name="Metadata">Of <c>encrypted</c>: what the members' devices need to decrypt it, up to 2,048 characters.</param>
/// <param name="ReplyTo">The seq of the message that this one answers, in the same conversation.</param>
/// <param name="ThreadRoot">The seq of the message under which this one stands in a thread, in the same conversation and in no thread itself.</param>
/// <param name="ForwardOf">A message to be copied with its kind, text and content: the request then has none.</param>
/// <param name="Mentions">Whom it mentions, up to 50; who is no member is left out.</param>
/// <param name="MentionsEveryone">Whether it mentions all members.</param>
public sealed record SendMessageRequest(
    [property: ClientId]
    Guid ClientId,
    [property: StringLength(MessageLimits.TextMax, MinimumLength = 1)]
    [property: MessageText]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    MessageKind Kind = MessageKind.Text,
    [property: StringLength(MessageLimits.LanguageMax, MinimumLength = 1)]
    [property: PlainText]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? Language = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    Guid? FileId = null,
    [property: Ciphertext]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? Ciphertext = null,
    [property: StringLength(MessageLimits.MetadataMax, MinimumLength = 1)]
    [property: MessageText]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? Metadata = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    long? ReplyTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    long? ThreadRoot = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    MessageReference? ForwardOf = null,
    [property: MaxLength(MessageLimits.MentionsMax, ErrorMessage = "At most 50 people in one message.")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<Guid>? Mentions = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    bool MentionsEveryone = false) : IValidatableObject
{
    /// <summary>Whether it has what a message of its kind must have, and nothing that it may not have.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ForwardOf is not null)
        {
            return
            [
                .. Unless(Kind == MessageKind.Text, nameof(Kind)), .. Unless(Text is null, nameof(Text)), .. Unless(FileId is null, nameof(FileId)),
                .. Unless(Language is null, nameof(Language)), .. Unless(Ciphertext is null, nameof(Ciphertext)),
                .. Unless(Metadata is null, nameof(Metadata)),
            ];
        }

        var isFile = Kind is MessageKind.Image or MessageKind.File or MessageKind.Voice;
        var isEncrypted = Kind == MessageKind.Encrypted;
        return
        [
            .. Unless(Text is null ? isFile || isEncrypted : !isEncrypted, nameof(Text)),
            .. Unless(Language is null || Kind == MessageKind.Code, nameof(Language)),
            .. Unless(FileId is null ? !isFile : isFile || isEncrypted, nameof(FileId)),
            .. Unless(Ciphertext is not null == isEncrypted, nameof(Ciphertext)),
            .. Unless(Metadata is not null == isEncrypted, nameof(Metadata)),
        ];
    }

    private static IEnumerable<ValidationResult> Unless(bool right, string name) =>
        right ? [] : [new ValidationResult("Must be there if the message's kind needs it, and else not.", [name])];
}

/// <summary>A message by its id.</summary>
/// <param name="ConversationId">The conversation it is in.</param>
/// <param name="Seq">Its place there.</param>
public sealed record MessageReference(Guid ConversationId, long Seq);
