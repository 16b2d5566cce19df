using Chat.Data.Reactions;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.Reactions;

internal static class EmojiRefusal
{
    public static ValidationProblem Problem() =>
        Problems.Invalid("emoji", $"Must be exactly one emoji, of at most {Emoji.MaxBytes} bytes, percent-encoded in the path.");
}
