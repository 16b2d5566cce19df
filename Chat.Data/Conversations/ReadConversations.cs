using Chat.Contracts.Conversations;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>A conversation as one of its members sees it, or as all do. No statement reads other members' rows.</summary>
public static class ReadConversations
{
    private static readonly Statement One = new("ReadConversation", $"""
        select {ConversationRow.Columns}
        from members me
        join conversations c on c.id = me.conversation_id
        cross join installation
        where me.conversation_id = $1 and me.user_id = $2 and me.left_at is null
        """);

    private static readonly Statement Shared = new("ReadSharedConversation", $"""
        select {ConversationRow.Columns}
        from conversations c
        cross join installation
        left join members me on false
        where c.id = $1
        """);

    /// <summary>What all members see alike, for events: whoever calls this shows it to members only.</summary>
    public static async Task<Conversation> SharedAsync(NpgsqlDataSource database, Guid conversationId, CancellationToken cancellationToken)
    {
        var rows = await Shared.QueryAsync(database, ConversationRow.Map, cancellationToken, Parameter.Of(conversationId));
        return rows.Single();
    }

    /// <summary>Null where there is none of that id, or the user is no member.</summary>
    public static async Task<Conversation?> OneAsync(
        NpgsqlDataSource database, Guid conversationId, Guid userId, CancellationToken cancellationToken)
    {
        var rows = await One.QueryAsync(
            database, ConversationRow.Map, cancellationToken, Parameter.Of(conversationId), Parameter.Of(userId));
        return rows.SingleOrDefault();
    }
}
