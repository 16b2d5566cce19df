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
        """, "uuid, uuid");

    private static readonly Statement Shared = new("ReadSharedConversation", $"""
        select {ConversationRow.Columns}
        from conversations c
        cross join installation
        left join members me on false
        where c.id = $1
        """, "uuid");

    /// <summary>What all see alike, if this transaction has changed it: for those who have just left it, too.</summary>
    private static readonly Statement Changed = new("ReadChangedConversation", $"""
        select {ConversationRow.Columns}
        from conversations c
        cross join installation
        left join members me on false
        where c.id = $1 and c.xmin = pg_current_xact_id_if_assigned()::xid
        """);

    private static readonly Statement Invited = new("ReadInvitedConversation", $"""
        select {ConversationRow.Columns}
        from members me
        join conversations c on c.id = me.conversation_id
        cross join installation
        where me.conversation_id = (select conversation_id from invites where token_hash = $1) and me.user_id = $2 and me.left_at is null
        """);

    /// <summary>The conversation that a link leads to, for a member, as a step of a batch.</summary>
    internal static (Statement Statement, NpgsqlBatchCommand Command) InvitedStep(byte[] tokenHash, Guid userId) =>
        (Invited, Invited.Step(Parameter.Of(tokenHash), Parameter.Of(userId)));

    /// <summary>The conversation, for a member, as a step of a batch.</summary>
    internal static (Statement Statement, NpgsqlBatchCommand Command) OneStep(Guid conversationId, Guid userId) =>
        (One, One.Step(Parameter.Of(conversationId), Parameter.Of(userId)));

    /// <summary>What all see alike, as a step of the batch that has changed it; no row where it did not.</summary>
    internal static (Statement Statement, NpgsqlBatchCommand Command) ChangedStep(Guid conversationId) =>
        (Changed, Changed.Step(Parameter.Of(conversationId)));

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
