namespace Chat.Api.Reactions;

internal static class ReactionsApi
{
    /// <param name="message">The group of a message's addresses.</param>
    public static void MapReactions(this RouteGroupBuilder message)
    {
        var reactions = message.MapGroup("/reactions").WithTags("Reactions");
        reactions.MapGet("", ListReactions.HandleAsync).WithSummary("Who reacted to it, and with what");
        reactions.MapPut("/{emoji}", PutReaction.HandleAsync).WithSummary("React with an emoji")
            .WithDescription("Counted, and told to the members, a moment later. At most 20 a user and message.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        reactions.MapDelete("/{emoji}", DeleteReaction.HandleAsync).WithSummary("Take a reaction back")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
