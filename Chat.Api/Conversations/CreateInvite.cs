using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Invites;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class CreateInvite
{
    public const string MayNot = "Only owners and admins have to do with its links.";

    /// <summary>Which of these it is, is nobody's affair.</summary>
    public const string NotGood = "The link is unknown, has expired, was used up or was revoked.";

    public static async Task<Results<Created<CreatedInvite>, NotFound, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid conversationId, CreateInviteRequest request, ClaimsPrincipal user, NpgsqlDataSource database,
        IOptions<ConversationOptions> limits, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var expiresAt = request.ExpiresAt ?? now.AddDays(ConversationLimits.InviteDays);
        if (expiresAt <= now || expiresAt > now.AddDays(ConversationLimits.InviteDaysMax))
        {
            return Problems.Invalid("expiresAt", "Must be in the future, within a year.");
        }

        switch (await ChangeInvites.CreateAsync(
            database, limits.Value, conversationId, user.UserId(), expiresAt, request.UsesMax, cancellationToken))
        {
            case null:
                return TypedResults.NotFound();
            case { Refusal: ConversationRefusal.Full }:
                return Problems.Of(ProblemType.TooManyInvites, "Revoke one first.");
            case { Refusal: { } refusal }:
                return refusal.Problem(MayNot)!;
            case { Invite: var invite }:
                return TypedResults.Created($"/api/conversations/{conversationId}/invites", invite);
        }
    }
}
