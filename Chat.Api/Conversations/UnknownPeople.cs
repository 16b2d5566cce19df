using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Conversations;

internal static class UnknownPeople
{
    /// <summary>Names at most three, so that the answer stays small whatever was sent.</summary>
    public static ValidationProblem In(string field, IReadOnlyList<Guid> unknown) =>
        Problems.Invalid(field, $"No such user, or none that you may add: {string.Join(", ", unknown.Take(3))}{(unknown.Count > 3 ? ", …" : "")}.");
}
