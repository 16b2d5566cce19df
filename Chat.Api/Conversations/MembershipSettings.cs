using System.Security.Claims;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

/// <summary>Mute and archive: the caller's own settings, of which their other devices are told.</summary>
internal static class MembershipSettings
{
    public static async Task<Results<NoContent, NotFound, ValidationProblem>> MuteAsync(
        Guid conversationId, MuteRequest request, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (request.Until <= time.GetUtcNow())
        {
            return Problems.Invalid("until", "Must be in the future, or absent.");
        }

        var outcome = await ChangeMembership.MuteAsync(
            database, conversationId, user.UserId(), request.Until ?? DateTimeOffset.MaxValue, cancellationToken);
        return Tell(outcome, user, events) ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    public static async Task<Results<NoContent, NotFound>> UnmuteAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events, CancellationToken cancellationToken) =>
        Tell(await ChangeMembership.MuteAsync(database, conversationId, user.UserId(), until: null, cancellationToken), user, events)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    public static async Task<Results<NoContent, NotFound>> ArchiveAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events, CancellationToken cancellationToken) =>
        Tell(await ChangeMembership.ArchiveAsync(database, conversationId, user.UserId(), archived: true, cancellationToken), user, events)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    public static async Task<Results<NoContent, NotFound>> UnarchiveAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events, CancellationToken cancellationToken) =>
        Tell(await ChangeMembership.ArchiveAsync(database, conversationId, user.UserId(), archived: false, cancellationToken), user, events)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    /// <returns>False: the user is no member.</returns>
    private static bool Tell(OwnOutcome? outcome, ClaimsPrincipal user, EventPublisher events)
    {
        if (outcome is { OwnRev: { } rev })
        {
            _ = events.PublishControlAsync(new OwnStreamGrew(user.UserId(), rev));
        }

        return outcome is not null;
    }
}
