namespace Chat.Data.Messages;

/// <summary>The condition that leaves out what a reader has deleted for themself: said once for all statements that read for one member.</summary>
internal static class HiddenMessages
{
    /// <summary>For the reader <c>me</c>; by the primary key of hidden_messages.</summary>
    /// <param name="messages">What the statement calls the messages.</param>
    public static string LeftOut(string messages) => $"""
        not exists (
            select from hidden_messages h
            where (h.user_id, h.conversation_id, h.seq) = (me.user_id, {messages}.conversation_id, {messages}.seq))
        """;
}
