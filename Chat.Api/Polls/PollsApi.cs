using Chat.Api.Limits;
using Chat.Api.Requests;
using Chat.Contracts.Messages;

namespace Chat.Api.Polls;

internal static class PollsApi
{
    /// <param name="conversation">The group of a conversation's addresses.</param>
    /// <param name="message">The group of a message's addresses.</param>
    public static void MapPolls(this RouteGroupBuilder conversation, RouteGroupBuilder message)
    {
        conversation.MapPost("/polls", SendPoll.HandleAsync).LimitedBy(LimitPolicy.Sends).WithTags("Polls").WithSummary("Send a poll")
            .WithDescription("A message whose text is the question. Idempotent by clientId, as every message.")
            .WithValidBody<SendPollRequest>();

        var poll = message.MapGroup("").WithTags("Polls");
        poll.MapPut("/vote", PutVote.HandleAsync).WithSummary("Vote, or vote otherwise")
            .WithDescription("Counted, and told to the members, a moment later. The vote before, if there is one, is replaced.")
            .WithValidBody<VoteRequest>()
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        poll.MapDelete("/vote", DeleteVote.HandleAsync).WithSummary("Withdraw one's vote")
            .ProducesProblem(StatusCodes.Status409Conflict);
        poll.MapGet("/votes", ListVoters.HandleAsync).WithSummary("Who voted, and for what")
            .WithDescription("Not of anonymous polls: 403, whoever asks.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        poll.MapPost("/options", AddOption.HandleAsync).WithSummary("Add an option")
            .WithDescription("By the author; by any member where the poll says so. One that is there already is not added again.")
            .WithValidBody<AddOptionRequest>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        poll.MapPost("/close", ClosePoll.HandleAsync).WithSummary("Close the poll")
            .WithDescription("By the author, or an owner or admin.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        poll.MapPost("/reopen", ReopenPoll.HandleAsync).WithSummary("Open the poll again")
            .WithDescription("By the same. A deadline that has passed is forgotten.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
    }
}
