using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Requests;

/// <summary>The bounds of pages, the same for every list.</summary>
internal static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;

    public const string LimitDescription = "How many, 1 to 100.";
    public const string AfterDescription = "The `next` of the page before.";

    /// <summary>Null where the limit is within bounds.</summary>
    public static ValidationProblem? Refuse(int limit) =>
        limit is >= 1 and <= MaxLimit ? null : Problems.Invalid("limit", $"Must be from 1 to {MaxLimit}.");

    public static ValidationProblem BadAfter() => Problems.Invalid("after", "Must be the `next` of a page of this list.");
}
