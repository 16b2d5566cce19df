using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Data.Messages;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Conversations;

/// <summary>A user's conversations, the latest active first, or of these what has changed. No statement reads other members' rows.</summary>
public static class ListConversations
{
    /// <summary>Tokens from so many transactions ago are refused: after 2³¹ a row's transaction can no longer be compared with theirs.</summary>
    private const long TransactionsComparable = 2_000_000_000;

    private static readonly Statement All = new("ListConversations", Page($"and {ConversationRow.Archived} = $5"), "uuid, timestamptz, uuid, int, boolean");

    /// <summary>
    /// What was written by a transaction that was not over, or had not begun, when the token was made: rows keep the number of the
    /// transaction that wrote them (xmin, of 32 bits, hence the comparison modulo 2³²), and every change of a conversation or of the
    /// reader's own membership writes one of the two rows. So it is exact without an index that moves with every message; what was written
    /// just before the token may come once more, and what the worker has written about a conversation's stream.
    /// </summary>
    private static readonly Statement Changed = new("ListChangedConversations", Page("""
        and (((c.xmin::text::bigint - $5) & 4294967295) < 2147483648 or ((me.xmin::text::bigint - $5) & 4294967295) < 2147483648)
        """), "uuid, timestamptz, uuid, int, bigint");

    /// <param name="archived">Those put away, or the others; of what has changed since a token, both.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="since">What has not changed since is left out; null: nothing is.</param>
    /// <returns>Null for another history's token, or one that is too old: only a list of all helps.</returns>
    public static async Task<ConversationList?> RunAsync(
        NpgsqlDataSource database, Guid userId, bool archived, ListCursor after, ChangesToken? since, int limit, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
        [
            Parameter.Of(userId), Parameter.Of(after.ActiveAt), Parameter.Of(after.Id), Parameter.Of(limit + 1),
            since is { } from ? Parameter.Of(from.Rev) : Parameter.Of(archived),
        ];
        var page = new ListPage();
        await (since is null ? All : Changed).QueryAsync(database, page.Add, cancellationToken, parameters);
        return since is { } token && (token.Epoch != page.Epoch || token.Rev > page.Oldest || page.Oldest - token.Rev > TransactionsComparable)
            ? null
            : page.Take(limit);
    }

    /// <summary>
    /// By members_user_id and the conversations' primary key, then sorted: an index in the order of activity would have to be changed by
    /// every message, and for each of its conversation's members. There is always a first row; it has the people of all.
    /// </summary>
    private static string Page(string which) => $"""
        with page as materialized (
            select c.*, me.user_id, me.role, me.read_seq, me.delivered_seq, me.muted_until, me.marked_unread, {ConversationRow.Archived} as archived
            from members me
            join conversations c on c.id = me.conversation_id
            where me.user_id = $1 and me.left_at is null and (c.active_at, c.id) < ($2, $3) {which}
            order by c.active_at desc, c.id desc
            limit $4
        ), numbered as (
            select *, row_number() over (order by active_at desc, id desc) as n from page
        ), person as materialized (
            select id, display_name from users
            where id = any (array(select distinct unnest(first_member_ids || last_sender_id) from page))
        )
        select epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
               case when n = 1 then array(select id from person order by id) end,
               case when n = 1 then array(select display_name from person order by id) end,
               c.id, kind, active_at, last_seq, last_rev, membership_version, member_count, first_member_ids, title,
               last_sender_id, last_kind, left(last_text, 100), role, read_seq, delivered_seq, muted_until, archived, marked_unread, picture_id,
               (select count(distinct seq) from mentions
                where conversation_id = c.id and user_id in (c.user_id, '00000000-0000-0000-0000-000000000000') and seq > c.read_seq)
        from installation
        left join numbered c on true
        order by n
        """;

    /// <summary>The answer as its rows come in.</summary>
    private sealed class ListPage
    {
        private readonly List<ListedConversation> _items = [];
        private readonly Dictionary<Guid, int> _places = [];
        private MemberName[] _users = [];

        public Guid Epoch { get; private set; }

        /// <summary>The oldest transaction that was under way: all before it are seen.</summary>
        public long Oldest { get; private set; }

        public ConversationList Take(int limit)
        {
            var token = new ChangesToken(Epoch, Oldest).ToString();
            return _items.Count <= limit
                ? new ConversationList(_items, _users, token)
                : new ConversationList(_items[..limit], _users, token, new ListCursor(_items[limit - 1].ActiveAt, _items[limit - 1].Id).ToString());
        }

        public int Add(NpgsqlDataReader row)
        {
            (Epoch, Oldest) = (row.GetGuid(0), row.GetInt64(1));
            if (row.IsDBNull(4))
            {
                return 0;
            }

            if (!row.IsDBNull(2))
            {
                _users = [.. row.GetFieldValue<Guid[]>(2).Zip(row.GetFieldValue<string[]>(3), (id, name) => new MemberName(id, name))];
                for (var place = 0; place < _users.Length; place++)
                {
                    _places.Add(_users[place].Id, place);
                }
            }

            _items.Add(Map(row));
            return _items.Count;
        }

        private ListedConversation Map(NpgsqlDataReader row)
        {
            var (lastSeq, readSeq) = (row.GetInt64(7), row.GetInt64(17));
            return new ListedConversation(
                row.GetGuid(4), Enum.Parse<ConversationKind>(row.GetString(5), ignoreCase: true), row.GetFieldValue<DateTimeOffset>(6),
                lastSeq, row.GetInt64(8), row.GetInt64(9), row.GetInt32(10),
                [.. row.GetFieldValue<Guid[]>(11).Select(id => _places[id])],
                new Membership(
                    Enum.Parse<MemberRole>(row.GetString(16), ignoreCase: true), readSeq, row.GetInt64(18), lastSeq - readSeq,
                    row.GetInt64(23), row.TimeOrNull(19), row.GetBoolean(20), row.GetBoolean(21)),
                row.IsDBNull(12) ? null : row.GetString(12),
                row.IsDBNull(13)
                    ? null
                    : new ListedMessage(
                        _places[row.GetGuid(13)], Enum.Parse<MessageKind>(row.GetString(14), ignoreCase: true), row.GetString(15)),
                row.IsDBNull(22) ? null : row.GetGuid(22));
        }
    }
}
