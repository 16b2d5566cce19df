using System.ComponentModel;
using Chat.Api.Requests;
using Chat.Contracts.Conversations;
using Chat.Contracts.Operations;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Infos = Chat.Data.Operators.ListConversationInfos;

namespace Chat.Api.Admin;

internal static class ListConversationInfos
{
    public static async Task<Results<Ok<ConversationInfoList>, ValidationProblem>> HandleAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("`direct`, `group` or `channel`; without it: all.")] string? kind = null,
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var last = Guid.Empty;
        return Paging.Refuse(limit) is { } refusal ? refusal
            : !Choice<ConversationKind>.TryRead(kind, out var wanted)
                ? Problems.Invalid("kind", $"Must be one of: {Choice<ConversationKind>.Names}.")
            : after is not null && !Guid.TryParse(after, out last) ? Paging.BadAfter()
            : TypedResults.Ok(await Infos.RunAsync(database, wanted, after is null ? null : last, limit, cancellationToken));
    }
}
