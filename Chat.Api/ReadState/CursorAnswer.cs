using Chat.Contracts.ReadState;
using Chat.Data.Events;
using Chat.Data.ReadState;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chat.Api.ReadState;

/// <summary>What reading and delivery have in common: what moved is told, and where the cursors are now is answered.</summary>
internal static class CursorAnswer
{
    public static Results<Ok<OwnCursors>, NotFound, ProblemHttpResult> Answer(this CursorOutcome outcome, CursorPushes pushes)
    {
        switch (outcome)
        {
            case CursorOutcome.At(var now, var moved):
                if (moved)
                {
                    pushes.Add(now);
                }

                return TypedResults.Ok(new OwnCursors(now.ReadSeq, now.DeliveredSeq, now.LastSeq - now.ReadSeq));
            case CursorOutcome.NotMember:
                return TypedResults.NotFound();
            default:
                return Problems.Busy();
        }
    }

    /// <summary>For the user's other devices, where something changed. Not awaited.</summary>
    public static void PublishOwn(this EventPublisher events, Guid userId, OwnRev rev)
    {
        if (rev.Value is { } value)
        {
            _ = events.PublishControlAsync(new OwnStreamGrew(userId, value));
        }
    }
}
