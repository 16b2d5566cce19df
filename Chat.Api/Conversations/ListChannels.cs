using System.Buffers.Text;
using System.ComponentModel;
using System.Security.Claims;
using System.Text;
using Chat.Api.Requests;
using Chat.Contracts.Conversations;
using Chat.Contracts.Validation;
using Chat.Data.Conversations;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Chat.Api.Conversations;

internal static class ListChannels
{
    /// <summary>An id and a title in lower case, which may grow by folding; in UTF-8, in Base64.</summary>
    private const int MaxPosition = 2_048;

    public static async Task<Results<Ok<ChannelList>, ValidationProblem>> HandleAsync(
        ClaimsPrincipal user, NpgsqlDataSource database, CancellationToken cancellationToken,
        [Description("What the title begins with, up to 200 characters, whatever their letter case; without it: all.")] string query = "",
        [Description(Paging.AfterDescription)] string? after = null,
        [Description(Paging.LimitDescription)] int limit = Paging.DefaultLimit)
    {
        var prefix = query.Trim();
        if (prefix.Length > ConversationLimits.TitleMax || (prefix.Length > 0 && !new PlainTextAttribute().IsValid(prefix)))
        {
            return Problems.Invalid("query", $"Must be at most {ConversationLimits.TitleMax} visible characters.");
        }

        if (Paging.Refuse(limit) is { } refusal)
        {
            return refusal;
        }

        if (!TryRead(after, out var position))
        {
            return Paging.BadAfter();
        }

        var (items, next) = await FindChannels.RunAsync(database, user.UserId(), prefix, position, limit, cancellationToken);
        return TypedResults.Ok(new ChannelList(items, next is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{next.Id}{next.Key}"))));
    }

    /// <summary>Null reads as null: the beginning.</summary>
    private static bool TryRead(string? text, out FindChannels.Position? position)
    {
        const int Id = 36;
        position = null;
        if (text is null)
        {
            return true;
        }

        if (text.Length <= MaxPosition && Base64Url.IsValid(text)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) is { Length: > Id } read
            && Guid.TryParseExact(read[..Id], "D", out var id) && new PlainTextAttribute().IsValid(read[Id..]))
        {
            position = new FindChannels.Position(read[Id..], id);
        }

        return position is not null;
    }
}
