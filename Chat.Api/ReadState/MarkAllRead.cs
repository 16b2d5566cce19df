using System.Security.Claims;
using Chat.Data.Events;
using Chat.Data.ReadState;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using All = Chat.Data.ReadState.MarkAllRead;

namespace Chat.Api.ReadState;

internal static class MarkAllRead
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        ClaimsPrincipal user, NpgsqlDataSource database, CursorPushes pushes, EventPublisher events, CancellationToken cancellationToken)
    {
        if (await All.RunAsync(database, user.UserId(), cancellationToken) is not var (rev, moved))
        {
            return Problems.Of(ProblemType.Busy, "You are sending messages all the time. Ask again: what is read already stays so.");
        }

        foreach (var position in moved)
        {
            pushes.Add(position);
        }

        events.PublishOwn(user.UserId(), rev);
        return TypedResults.NoContent();
    }
}
