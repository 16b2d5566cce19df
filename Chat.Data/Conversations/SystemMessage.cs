namespace Chat.Data.Conversations;

/// <summary>
/// How a change of a conversation is written: it takes one rev for the conversation itself and one for the message that tells of it, which has
/// a seq like any other. Said once for all statements that hold the conversation's lock and have a row <c>happened</c>
/// (actor_id, text, content, at), or none where nothing is to be done.
/// </summary>
internal static class SystemMessage
{
    /// <summary>What an <c>update conversations c … from happened</c> called <c>changed</c>, returning <see cref="Returning"/>, sets.</summary>
    public const string Head = """
        last_rev = c.last_rev + 2, last_seq = c.last_seq + 1, active_at = happened.at,
        last_sender_id = happened.actor_id, last_kind = 'system', last_text = left(happened.text, 200)
        """;

    public const string Returning = "c.id, c.last_rev, c.last_seq";

    /// <summary>The steps <c>message</c> and <c>change</c>.</summary>
    public const string Rows = """
        message as (
            insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, text, content, created_at)
            select id, last_seq, last_rev, actor_id, gen_random_uuid(), 'system', text, content, at from changed, happened
            returning *
        ), change as (
            insert into changes (conversation_id, rev, seq)
            select id, last_rev - 1, 0 from changed union all select id, last_rev, last_seq from changed
        )
        """;

    /// <summary>
    /// The step <c>own_cursor</c>: who has read everything has read what they did themselves; anybody else's unread messages stay unread. Not in a
    /// statement that changes the actor's row otherwise, for it can do so only once.
    /// </summary>
    public const string OwnCursor = """
        own_cursor as (
            update members m
            set read_seq = changed.last_seq, delivered_seq = changed.last_seq
            from changed, happened
            where (m.conversation_id, m.user_id) = (changed.id, happened.actor_id) and m.read_seq = changed.last_seq - 1
        )
        """;

    /// <summary>The content, from what <c>jsonb_build_object</c> takes; nulls are left out.</summary>
    public static string Content(string pairs) =>
        $"jsonb_build_object('system', jsonb_strip_nulls(jsonb_build_object({pairs})))";
}
