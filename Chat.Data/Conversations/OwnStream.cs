namespace Chat.Data.Conversations;

/// <summary>How a change of what a conversation is to a user gets into that user's own stream: said once for all statements.</summary>
internal static class OwnStream
{
    /// <summary>
    /// The steps <c>stream</c> and <c>user_change</c>, after one that returns user_id. The streams are taken in id order, so that two
    /// calls never wait for each other.
    /// </summary>
    /// <param name="step">Which.</param>
    /// <param name="conversationId">An expression.</param>
    public static string Rows(string step, string conversationId = "$1") => $"""
        stream as (
            insert into user_streams (user_id, last_rev)
            select user_id, 1 from {step} order by user_id
            on conflict (user_id) do update set last_rev = user_streams.last_rev + 1
            returning user_id, last_rev
        ), user_change as (
            insert into user_changes (user_id, rev, conversation_id, seq) select user_id, last_rev, {conversationId}, 0 from stream
        )
        """;
}
