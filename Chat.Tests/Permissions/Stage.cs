using System.Text;
using System.Text.RegularExpressions;
using Chat.Contracts.Conversations;
using Chat.Data.Conversations;
using Npgsql;

namespace Chat.Tests.Permissions;

/// <summary>A call that somebody makes, in a conversation of its own.</summary>
/// <param name="Role">Null: no member; <paramref name="Former"/>: any more.</param>
internal sealed record Case(Endpoint Endpoint, ConversationKind Kind, Person Caller, MemberRole? Role, bool Former)
{
    public Guid Conversation { get; } = Guid.CreateVersion7();

    /// <summary>Of a direct conversation the other; else a member, the author of the first message.</summary>
    public Guid Other { get; } = Guid.CreateVersion7();

    public Guid Admin { get; } = Guid.CreateVersion7();

    public Guid Owner { get; } = Guid.CreateVersion7();

    public override string ToString() =>
        $"{Endpoint.Name}{Endpoint.Query} ({Endpoint.Action}) by {Role?.ToString() ?? (Former ? "former member" : "outsider")} of a {Kind}";
}

/// <summary>Sets up the conversations of all cases with a few statements, and makes their calls.</summary>
internal sealed partial class Stage(NpgsqlDataSource database, Guid epoch)
{
    public static async Task<Stage> SetAsync(NpgsqlDataSource database, IReadOnlyList<Case> cases)
    {
        await using var epoch = database.CreateCommand("select epoch from installation");
        await using var make = database.CreateCommand(Sql);
        make.Parameters.Add(new NpgsqlParameter { Value = cases.Select(c => c.Conversation).ToArray() });
        make.Parameters.Add(new NpgsqlParameter { Value = cases.Select(c => c.Kind.ToString().ToLowerInvariant()).ToArray() });
        make.Parameters.Add(new NpgsqlParameter { Value = cases.Select(c => c.Role is null && !c.Former ? (Guid?)null : c.Caller.Id).ToArray() });
        make.Parameters.Add(new NpgsqlParameter { Value = cases.Select(c => (c.Role ?? MemberRole.Member).ToString().ToLowerInvariant()).ToArray() });
        make.Parameters.Add(new NpgsqlParameter { Value = cases.Select(c => c.Former).ToArray() });
        make.Parameters.Add(new NpgsqlParameter { Value = cases.Select(c => c.Other).ToArray() });
        make.Parameters.Add(new NpgsqlParameter { Value = cases.Select(c => c.Admin).ToArray() });
        make.Parameters.Add(new NpgsqlParameter { Value = cases.Select(c => c.Owner).ToArray() });
        await make.ExecuteNonQueryAsync();
        return new Stage(database, (Guid)(await epoch.ExecuteScalarAsync())!);
    }

    /// <param name="of">Null: an endpoint that has nothing to do with a conversation.</param>
    public HttpRequestMessage Request(Endpoint endpoint, Case? of = null)
    {
        var (method, path) = endpoint.Name.Split(' ') is [var m, var p] ? (m, p) : throw new InvalidOperationException(endpoint.Name);
        return new HttpRequestMessage(new HttpMethod(method), Fill(path + endpoint.Query, endpoint, of))
        {
            Content = endpoint.Body is null ? null : new StringContent(Fill(endpoint.Body, endpoint, of), Encoding.UTF8, "application/json"),
        };
    }

    /// <summary>The conversations, of those whose call was refused, that are not as they were.</summary>
    public async Task<long> ChangedAsync(IEnumerable<Case> refused)
    {
        await using var count = database.CreateCommand("""
            select count(*) from conversations
            where id = any ($1) and (last_rev, member_count, membership_version, deleted_at is null) is distinct from (4::bigint, cardinality(first_member_ids), 1::bigint, true)
            """);
        count.Parameters.Add(new NpgsqlParameter { Value = refused.Select(c => c.Conversation).ToArray() });
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private string Fill(string text, Endpoint endpoint, Case? of) => Placeholder().Replace(text, name => name.Groups[1].Value switch
    {
        "conversationId" => $"{of!.Conversation}",
        "seq" => $"{endpoint.Seq}",
        "userId" when of is not null => endpoint.User switch { "caller" => $"{of.Caller.Id}", "admin" => $"{of.Admin}", _ => $"{of.Other}" },
        "emoji" => Uri.EscapeDataString("👍"),
        "inviteId" or "token" => $"{of!.Conversation}",
        "since" => new ChangesToken(epoch, 0).ToString(),
        _ => $"{Guid.CreateVersion7()}",
    });

    /// <summary>
    /// Each conversation has its caller in their role, and, unless it is direct, a member, an admin and another owner besides; two messages, of the
    /// member and of the caller, then two polls of the same; and a link, whose id and token are the conversation's id.
    /// </summary>
    private const string Sql = """
        with cases as (
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8) as cases (id, kind, caller, role, former, other, admin, owner)
        ), person as (
            insert into users (id, user_name, normalized_user_name, display_name)
            select person, 'p' || right(replace(person::text, '-', ''), 20), 'P' || right(replace(person::text, '-', ''), 20), 'Somebody'
            from cases, unnest(array[other, admin, owner]) as person
        ), present as (
            select id, other as user_id, 'member' as role, false as former from cases
            union all select id, caller, role, former from cases where caller is not null
            union all select id, admin, case kind when 'direct' then 'member' else 'admin' end, false from cases where kind <> 'direct' or caller is null
            union all select id, owner, 'owner', false from cases where kind <> 'direct'
        ), conversation as (
            insert into conversations (id, kind, title, last_seq, last_rev, membership_version, member_count, first_member_ids, direct_low, direct_high)
            select id, kind, case when kind <> 'direct' then 'A case' end, 4, 4, 1, cardinality(ids), ids,
                   case when kind = 'direct' then ids[1] end, case when kind = 'direct' then ids[2] end
            from cases, lateral (select array(select user_id from present where present.id = cases.id and not former order by user_id) as ids) as members
        ), member as (
            insert into members (conversation_id, user_id, role, left_at)
            select id, user_id, role, case when former then clock_timestamp() end from present
        ), message as (
            insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, text, content, created_at)
            select id, n, n, case n % 2 when 1 then other else coalesce(caller, other) end, gen_random_uuid(), case when n > 2 then 'poll' else 'text' end, 'hello',
                   case when n > 2 then '{"poll": {"options": ["yes", "no"], "multiple": false, "anonymous": false, "membersAddOptions": true}}'::jsonb end, clock_timestamp()
            from cases, generate_series(1, 4) as n
        ), change as (
            insert into changes (conversation_id, rev, seq) select id, n, n from cases, generate_series(1, 4) as n
        )
        insert into invites (id, conversation_id, token_hash, created_by, expires_at)
        select id, id, sha256(id::text::bytea), owner, clock_timestamp() + interval '1 day' from cases where kind <> 'direct'
        """;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
