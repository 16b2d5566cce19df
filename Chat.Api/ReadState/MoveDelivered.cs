using System.Security.Claims;
using Chat.Contracts.ReadState;
using Chat.Data.ReadState;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.ReadState;

internal static class MoveDelivered
{
    public static async Task<Results<Ok<OwnCursors>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid conversationId, MoveCursorRequest request, ClaimsPrincipal user, CursorWriter cursors, CursorPushes pushes) =>
        (await cursors.MoveAsync(new CursorMove(conversationId, user.UserId(), ReadSeq: 0, request.Seq))).Answer(pushes);
}
