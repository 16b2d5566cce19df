using static Chat.Data.Export.ExportSection;

namespace Chat.Data.Export;

/// <summary>
/// What is kept of a user, table by table; a test asks of each table whether it belongs here. Nothing that others wrote or did is in it: no
/// reactions to the user's messages, no titles of conversations that they have left.
/// </summary>
internal static class ExportSections
{
    /// <summary>The user's memberships, present and past, by members_of_user: where what they did is found.</summary>
    private const string Own = "from members me";

    /// <summary>The client id where the page before ended, in its conversation; a bound that the index can begin at, which an "or" is not.</summary>
    private const string Place = $"(case when me.conversation_id = $2 then $3 else {NoId} end)";

    public static IReadOnlyList<ExportSection> All { get; } =
    [
        Of(
            "profile", ["users"],
            $"""
            'id', id, 'userName', user_name, 'displayName', display_name, 'role', role, 'createdAt', {Utc("created_at")}, 'email', email,
            'phoneNumber', phone_number
            """,
            "from users where id = $1 and id > $2 limit $6", first: "id"),
        Of(
            "session", ["sessions"],
            $"""
            'id', id, 'userAgent', user_agent, 'createdAt', {Utc("created_at")}, 'lastRefreshedAt', {Utc("last_refreshed_at")},
            'endedAt', {Utc("ended_at")}
            """,
            "from sessions where user_id = $1 and id > $2 order by id limit $6", first: "id"),
        Of(
            "conversation", ["members", "conversations"],
            $"""
            'id', c.id, 'kind', c.kind, 'title', case when me.left_at is null then c.title end, 'role', me.role,
            'joinedAt', {Utc("me.joined_at")}, 'leftAt', {Utc("me.left_at")}, 'readSeq', me.read_seq, 'deliveredSeq', me.delivered_seq,
            'mutedUntil', {Utc("me.muted_until")}, 'archivedSeq', me.archived_seq, 'markedUnread', me.marked_unread
            """,
            $"""
            {Own}
            join conversations c on c.id = me.conversation_id
            where me.user_id = $1 and me.conversation_id > $2
            order by me.conversation_id
            limit $6
            """,
            first: "me.conversation_id"),

        // By messages_client_id, conversation by conversation: what others wrote is not even read. Sorted by the membership's column, whose
        // order the index gives: by the message's, each page would read a page of every conversation.
        Of(
            "message", ["messages"],
            $"""
            'conversationId', m.conversation_id, 'seq', m.seq, 'clientId', m.client_id, 'kind', m.kind, 'text', m.text, 'content', m.content,
            'createdAt', {Utc("m.created_at")}, 'editedAt', {Utc("m.edited_at")}, 'deletedAt', {Utc("m.deleted_at")}, 'replyTo', m.reply_to,
            'threadRoot', m.thread_root, 'forwarded', m.forwarded, 'pinnedAt', {Utc("m.pinned_at")}, 'mentions', m.mentions
            """,
            $"""
            {Own}
            cross join lateral (
                select * from messages
                where conversation_id = me.conversation_id and sender_id = $1 and client_id > {Place}
                order by client_id
                limit $6
            ) as m
            where me.user_id = $1 and me.conversation_id >= $2
            order by me.conversation_id, m.client_id
            limit $6
            """,
            first: "m.conversation_id", second: "m.client_id"),
        Of(
            "messageVersion", ["message_versions"],
            $"""
            'conversationId', m.conversation_id, 'seq', m.seq, 'rev', v.rev, 'text', v.text, 'writtenAt', {Utc("v.written_at")}
            """,
            $"""
            {Own}
            join messages m on m.conversation_id = me.conversation_id and m.sender_id = $1
            join message_versions v on v.conversation_id = m.conversation_id and v.seq = m.seq
            where me.user_id = $1 and me.conversation_id >= $2 and m.client_id >= {Place}
              and (m.conversation_id, m.client_id, v.rev) > ($2, $3, $4)
            order by m.conversation_id, m.client_id, v.rev
            limit $6
            """,
            first: "m.conversation_id", second: "m.client_id", number: "v.rev"),
        Of(
            "reaction", ["reactions"],
            $"""
            'conversationId', conversation_id, 'seq', seq, 'emoji', emoji, 'createdAt', {Utc("created_at")}
            """,
            """
            from reactions
            where user_id = $1 and (conversation_id, seq, emoji) > ($2, $4, $5)
            order by conversation_id, seq, emoji
            limit $6
            """,
            first: "conversation_id", number: "seq", text: "emoji"),
        Of(
            "vote", ["votes"],
            $"""
            'conversationId', conversation_id, 'seq', seq, 'choices', choices, 'votedAt', {Utc("voted_at")}
            """,
            """
            from votes
            where user_id = $1 and (conversation_id, seq) > ($2, $4)
            order by conversation_id, seq
            limit $6
            """,
            first: "conversation_id", number: "seq"),
        Of(
            "pin", ["pins"],
            "'conversationId', p.conversation_id, 'seq', p.seq",
            $"""
            {Own}
            join pins p on p.conversation_id = me.conversation_id and p.pinned_by = $1
            where me.user_id = $1 and me.conversation_id >= $2 and (p.conversation_id, p.seq) > ($2, $4)
            order by p.conversation_id, p.seq
            limit $6
            """,
            first: "p.conversation_id", number: "p.seq"),
        Of(
            "hiddenMessage", ["hidden_messages"],
            "'conversationId', conversation_id, 'seq', seq",
            """
            from hidden_messages
            where user_id = $1 and (conversation_id, seq) > ($2, $4)
            order by conversation_id, seq
            limit $6
            """,
            first: "conversation_id", number: "seq"),
        Of(
            "file", ["files"],
            $"""
            'id', id, 'name', name, 'mediaType', media_type, 'size', size, 'width', width, 'height', height, 'durationMs', duration_ms,
            'encrypted', encrypted, 'metadata', metadata, 'sha256', encode(sha256, 'hex'), 'createdAt', {Utc("created_at")}
            """,
            "from files where owner_id = $1 and id > $2 order by id limit $6", first: "id"),
        Of(
            "upload", ["uploads"],
            $"""
            'id', id, 'name', name, 'mediaType', media_type, 'size', size, 'received', received, 'encrypted', encrypted, 'metadata', metadata,
            'createdAt', {Utc("created_at")}, 'expiresAt', {Utc("expires_at")}
            """,
            "from uploads where owner_id = $1 and finished_at is null and id > $2 order by id limit $6", first: "id"),
        Of(
            "block", ["blocks"],
            $"""
            'userId', blocked_id, 'createdAt', {Utc("created_at")}
            """,
            "from blocks where user_id = $1 and blocked_id > $2 order by blocked_id limit $6", first: "blocked_id"),
        Of(
            "invite", ["invites"],
            $"""
            'id', i.id, 'conversationId', i.conversation_id, 'createdAt', {Utc("i.created_at")}, 'expiresAt', {Utc("i.expires_at")},
            'usesMax', i.uses_max, 'uses', i.uses
            """,
            $"""
            {Own}
            join invites i on i.conversation_id = me.conversation_id and i.created_by = $1
            where me.user_id = $1 and me.conversation_id >= $2 and (i.conversation_id, i.id) > ($2, $3)
            order by i.conversation_id, i.id
            limit $6
            """,
            first: "i.conversation_id", second: "i.id"),
        Of(
            "act", ["audit_log"],
            $"""
            'at', {Utc("at")}, 'act', act, 'userId', user_id, 'conversationId', conversation_id, 'details', details
            """,
            """
            from audit_log
            where actor_id = $1 and (at, id) > (coalesce(nullif($5, ''), '-infinity')::timestamptz, $2)
            order by at, id
            limit $6
            """,
            first: "id", text: "at::text"),
    ];
}
