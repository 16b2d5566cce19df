using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Messages;

/// <param name="ClientId">A UUID made by the client, the same for each attempt to send this poll: it is stored once however often it is sent.</param>
/// <param name="Question">1 to 300 characters; the message's text.</param>
/// <param name="Options">2 to 20 different ones of 1 to 100 characters.</param>
/// <param name="Multiple">Whether one may choose several.</param>
/// <param name="Anonymous">Whether nobody is told who chose what.</param>
/// <param name="ClosesAt">No votes from then on; absent: until it is closed.</param>
/// <param name="MembersAddOptions">Whether any member may add options, not only the author.</param>
public sealed record SendPollRequest(
    [property: ClientId]
    Guid ClientId,
    [property: StringLength(MessageLimits.QuestionMax, MinimumLength = 1)]
    [property: MessageText]
    string Question,
    [property: Length(MessageLimits.OptionsMin, MessageLimits.OptionsMax, ErrorMessage = "From 2 to 20 options.")]
    IReadOnlyList<string> Options,
    bool Multiple = false,
    bool Anonymous = false,
    DateTimeOffset? ClosesAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    bool MembersAddOptions = false) : IValidatableObject
{
    private static readonly PlainTextAttribute OneLine = new();

    /// <summary>Whether the options are short, visible and different.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Options.Distinct().Count() == Options.Count
        && Options.All(option => option is { Length: >= 1 and <= MessageLimits.OptionMax } && OneLine.IsValid(option))
            ? []
            : [new ValidationResult("Must be different lines of visible text, of 1 to 100 characters.", [nameof(Options)])];
}
