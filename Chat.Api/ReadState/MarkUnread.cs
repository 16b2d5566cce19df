using System.Security.Claims;
using Chat.Data.Events;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Mark = Chat.Data.ReadState.MarkUnread;

namespace Chat.Api.ReadState;

internal static class MarkUnread
{
    public static async Task<Results<NoContent, NotFound>> HandleAsync(
        Guid conversationId, ClaimsPrincipal user, NpgsqlDataSource database, EventPublisher events, CancellationToken cancellationToken)
    {
        if (await Mark.RunAsync(database, conversationId, user.UserId(), cancellationToken) is not { } rev)
        {
            return TypedResults.NotFound();
        }

        events.PublishOwn(user.UserId(), rev);
        return TypedResults.NoContent();
    }
}
