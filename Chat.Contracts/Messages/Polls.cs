using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Messages;

/// <summary>The votes of a poll, counted.</summary>
/// <param name="Voters">How many voted.</param>
/// <param name="Counts">How many chose each option, in the order of the options.</param>
public sealed record PollTally(int Voters, IReadOnlyList<int> Counts);

/// <param name="Options">The places of the options chosen, from 0: one, or, where the poll allows it, several different ones.</param>
public sealed record VoteRequest(IReadOnlyList<int> Options) : IValidatableObject
{
    /// <summary>Whether they can be options of any poll.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Options.Count is >= 1 and <= MessageLimits.OptionsMax && Options.Distinct().Count() == Options.Count
        && Options.All(option => option is >= 0 and < MessageLimits.OptionsMax)
            ? []
            : [new ValidationResult("Must be places of options, from 0 to 19, each once.", [nameof(Options)])];
}

/// <param name="Text">1 to 100 characters in one line.</param>
public sealed record AddOptionRequest(
    [property: StringLength(MessageLimits.OptionMax, MinimumLength = 1)]
    [property: PlainText]
    string Text);

/// <param name="Items">Who voted, in the order in which their accounts were made.</param>
/// <param name="Next">For <c>after=</c>: the next page; null on the last.</param>
public sealed record VoterList(IReadOnlyList<Voter> Items, string? Next = null);

/// <param name="UserId">Whose vote it is.</param>
/// <param name="DisplayName">Their name as of reading.</param>
/// <param name="Options">The places of the options that they chose.</param>
/// <param name="VotedAt">When they voted, or last changed their vote.</param>
public sealed record Voter(Guid UserId, string DisplayName, IReadOnlyList<int> Options, DateTimeOffset VotedAt);
