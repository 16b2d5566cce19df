using Chat.Contracts.Messages;

namespace Chat.Data.Recounts;

/// <summary>What a message <c>m</c> shows of its reactions and votes, counted from the rows: said once, for who writes it and who audits it.</summary>
internal static class CountMessage
{
    /// <summary>
    /// In the order of reactions_emoji. <c>firstUserIds</c> is empty: replicas of the version before cannot read a summary without it. A name
    /// is as of the count.
    /// </summary>
    public static readonly string Reactions = $"""
        (
            select jsonb_agg(jsonb_build_object('emoji', emoji, 'count', count, 'firstUserIds', jsonb_build_array(), 'names', (
                select coalesce(jsonb_agg(u.display_name order by place), '[]')
                from unnest(first[:case when at > {MessageLimits.EmojiWithAllNames} then 1 else {MessageLimits.NamesInSummary} end]) with ordinality as named (id, place)
                join users u on u.id = named.id
            )) order by at)
            from (
                select emoji, count(*) as count, row_number() over (order by min(created_at), emoji) as at,
                       (array_agg(user_id order by created_at, user_id))[:{MessageLimits.NamesInSummary}] as first
                from reactions r
                where (r.conversation_id, r.seq) = (m.conversation_id, m.seq)
                group by emoji
            ) as by_emoji
        )
        """;

    /// <summary>Null for what is no poll, and for a poll without votes. One scan of the primary key of votes, whatever the number of options.</summary>
    public static readonly string Tally = $"""
        case when m.kind = 'poll' then (
            select jsonb_build_object('voters', count(*), 'counts', to_jsonb(
                (array[{string.Join(", ", Enumerable.Range(0, MessageLimits.OptionsMax).Select(n => $"count(*) filter (where choices & {1 << n} <> 0)"))}])
                [:jsonb_array_length(m.content -> 'poll' -> 'options')]))
            from votes v
            where (v.conversation_id, v.seq) = (m.conversation_id, m.seq)
            having count(*) > 0
        ) end
        """;
}
