namespace Chat.Contracts.Validation;

/// <summary>How a length that is not allowed is described; {2} and {1} are the bounds.</summary>
internal static class Lengths
{
    public const string Message = "Must have {2} to {1} characters.";
}
