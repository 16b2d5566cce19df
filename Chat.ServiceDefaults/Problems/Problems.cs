using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chat.ServiceDefaults.Problems;

/// <summary>
/// The failures that a bare <c>TypedResults.NotFound()</c> and its like cannot tell apart. Those get their type, title and trace id
/// from <see cref="ProblemWriter"/> as well, so a handler may use either.
/// </summary>
public static class Problems
{
    public static ProblemHttpResult WrongCredentials() => Of(
        ProblemType.WrongCredentials, "Either is wrong, or after many wrong passwords the account is locked for some minutes.");

    public static ProblemHttpResult SessionEnded() => Of(ProblemType.SessionEnded, "Sign in again.");

    public static ProblemHttpResult UserNameTaken() => Of(ProblemType.UserNameTaken, "Choose another one.");

    public static ProblemHttpResult Busy() => Of(ProblemType.Busy, "Nothing was done. Try again in a moment.");

    public static ProblemHttpResult NotFound() => Of(ProblemType.NotFound);

    /// <param name="field">The field's name as it stands in the request.</param>
    /// <param name="message">What it must be.</param>
    public static ValidationProblem Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    /// <param name="type">One that <see cref="ProblemType.All"/> lists.</param>
    /// <param name="detail">What this occurrence was about; nothing that the caller may not know, no text of a user's.</param>
    public static ProblemHttpResult Of(ProblemType type, string? detail = null) => TypedResults.Problem(Details(type, detail));

    internal static ProblemDetails Details(ProblemType type, string? detail) =>
        new() { Type = type.Uri, Title = type.Title, Status = type.Status, Detail = detail };
}
