using System.ComponentModel;
using System.Security.Claims;
using Chat.Api.Requests;
using Chat.Contracts.Conversations;
using Chat.Data.Blocks;
using Chat.Data.Conversations;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Api.Blocks;

/// <summary>Whom the caller wants nothing from: no direct messages either way, no being added to groups by them, and neither sees the other online.</summary>
internal static class BlocksApi
{
    public static void MapBlocks(this IEndpointRouteBuilder routes)
    {
        var blocks = routes.MapGroup("/blocks").WithTags("Users");

        blocks.MapGet("", ListAsync).WithSummary("Whom I block");
        blocks.MapPut("/{userId:guid}", BlockAsync).WithSummary("Block somebody")
            .WithDescription("No direct messages either way, in an existing conversation either. Nobody is told.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        blocks.MapDelete("/{userId:guid}", UnblockAsync).WithSummary("Block them no longer").Produces(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<BlockList>, ValidationProblem>> ListAsync(
        ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var start = Guid.Empty;
        return Paging.Refuse(limit) is { } refusal ? refusal
            : after is not null && !Guid.TryParse(after, out start) ? Paging.BadAfter()
            : TypedResults.Ok(await ReadBlocks.PageAsync(database, user.UserId(), start, limit, cancellationToken));
    }

    private static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> BlockAsync(
        Guid userId, ClaimsPrincipal user, NpgsqlDataSource database, IOptions<ConversationOptions> limits, CancellationToken cancellationToken)
    {
        if (userId == user.UserId())
        {
            return Problems.Invalid("userId", "Must be somebody else.");
        }

        return await ChangeBlock.AddAsync(database, user.UserId(), userId, limits.Value.BlocksMax, cancellationToken) switch
        {
            null => TypedResults.NotFound(),
            true => TypedResults.NoContent(),
            false => Problems.Of(ProblemType.TooManyBlocks, "Block somebody no longer first."),
        };
    }

    private static async Task<NoContent> UnblockAsync(
        Guid userId, ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await ChangeBlock.RemoveAsync(database, user.UserId(), userId, cancellationToken);
        return TypedResults.NoContent();
    }
}
