using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Files;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Files;

internal static class ListFiles
{
    public static async Task<Results<Ok<FileList>, NotFound, ValidationProblem>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("Of messages of this kind only: image, file, voice or encrypted.")] string? kind = null,
        [Description("Of messages just before this seq; without it: the latest.")] long? before = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var refusal = Paging.Refuse(limit)
            ?? (before is < 1 ? Problems.Invalid("before", "Must be a seq: 1 or more.") : null)
            ?? (kind is null or "image" or "file" or "voice" or "encrypted" ? null : Problems.Invalid("kind", "Must be image, file, voice or encrypted."));
        if (refusal is not null)
        {
            return refusal;
        }

        var page = await Data.Files.ListFiles.RunAsync(
            database, conversationId, user.UserId(), kind, before ?? long.MaxValue, limit, cancellationToken);
        return page is null ? TypedResults.NotFound() : TypedResults.Ok(page);
    }
}
