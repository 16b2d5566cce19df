using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>The columns of a conversation as one member sees it, or all alike where <c>me</c> is null: said once for all statements.</summary>
internal static class ConversationRow
{
    /// <summary>
    /// Of <c>conversations c</c>, the reader's own row <c>members me</c>, and <c>installation</c>. Mentions of the reader and of everyone
    /// are two ranges of the primary key of mentions.
    /// </summary>
    public const string Columns = $"{Most}, c.description";

    /// <summary>Without the description, of which a list would be mostly made.</summary>
    public const string ListColumns = $"{Most}, null::text";

    private const string Most = $"""
        c.id, c.kind, c.created_at, c.active_at, c.last_seq, c.last_rev, c.membership_version, c.member_count, c.first_member_ids,
        array(select display_name from unnest(c.first_member_ids) with ordinality as first (id, n) join users using (id) order by n),
        c.title, c.last_sender_id, c.last_kind, c.last_text, me.role, me.read_seq, me.delivered_seq, me.muted_until, epoch,
        (select count(distinct seq) from mentions
         where conversation_id = c.id and user_id in (me.user_id, '00000000-0000-0000-0000-000000000000') and seq > me.read_seq),
        c.picture_id, {Archived}
        """;

    /// <summary>Whether the reader has put it away. A message sent after that brings it back, unless it is muted.</summary>
    public const string Archived = "(me.archived_seq is not null and (me.archived_seq >= c.last_seq or coalesce(me.muted_until > now(), false)))";

    /// <summary>How many columns there are.</summary>
    public const int Width = 23;

    public static Conversation Map(NpgsqlDataReader row)
    {
        var (lastSeq, lastRev) = (row.GetInt64(4), row.GetInt64(5));
        return new Conversation(
            row.GetGuid(0),
            Enum.Parse<ConversationKind>(row.GetString(1), ignoreCase: true),
            row.GetFieldValue<DateTimeOffset>(2),
            row.GetFieldValue<DateTimeOffset>(3),
            lastSeq,
            lastRev,
            row.GetInt64(6),
            row.GetInt32(7),
            [.. row.GetFieldValue<Guid[]>(8).Zip(row.GetFieldValue<string[]>(9), (id, name) => new MemberName(id, name))],
            row.IsDBNull(10) ? null : row.GetString(10),
            row.IsDBNull(11)
                ? null
                : new MessagePreview(
                    lastSeq, row.GetGuid(11), Enum.Parse<MessageKind>(row.GetString(12), ignoreCase: true), row.GetString(13)),
            row.IsDBNull(14) ? null : new ChangesToken(row.GetGuid(18), lastRev).ToString(),
            row.IsDBNull(14)
                ? null
                : new Membership(
                    Enum.Parse<MemberRole>(row.GetString(14), ignoreCase: true), row.GetInt64(15), row.GetInt64(16),
                    lastSeq - row.GetInt64(15), row.GetInt64(19), row.TimeOrNull(17), row.GetBoolean(21)),
            row.IsDBNull(22) ? null : row.GetString(22),
            row.IsDBNull(20) ? null : row.GetGuid(20));
    }
}
