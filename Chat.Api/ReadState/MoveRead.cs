using System.Security.Claims;
using Chat.Contracts.ReadState;
using Chat.Data.Events;
using Chat.Data.ReadState;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Mark = Chat.Data.ReadState.MarkUnread;

namespace Chat.Api.ReadState;

internal static class MoveRead
{
    public static async Task<Results<Ok<OwnCursors>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, MoveCursorRequest request, ClaimsPrincipal user, CursorWriter cursors, CursorPushes pushes, EventPublisher events,
        NpgsqlDataSource database)
    {
        var outcome = await cursors.MoveAsync(new CursorMove(conversationId, user.UserId(), request.Seq, request.Seq));
        if (outcome is not CursorOutcome.Marked)
        {
            return outcome.Answer(pushes);
        }

        // Seldom: what others need not know, the user's own devices must, so it is no matter of cursors alone.
        if (await Mark.ClearAsync(database, conversationId, user.UserId(), request.Seq, CancellationToken.None) is not var (rev, position))
        {
            return TypedResults.NotFound();
        }

        events.PublishOwn(user.UserId(), rev);
        return new CursorOutcome.At(position, Moved: true).Answer(pushes);
    }
}
