using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Chat.Contracts.Conversations;
using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Conversations;
using Chat.Data.Permissions;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Invites;

/// <summary>Makes and revokes links to join by.</summary>
public static class ChangeInvites
{
    /// <summary>256 bits: nobody guesses one.</summary>
    private const int TokenBytes = 32;

    /// <summary>
    /// Those that cannot be used any more go first, so that the table is bounded without a job. By invites_conversation_id, at most as many rows
    /// as are allowed; under the conversation's lock, so that two do not both make the last.
    /// </summary>
    private static readonly Statement Insert = new("CreateInvite", $"""
        with judged as (
            select c.id, case
                when not {PermissionTable.Exists(ConversationAction.ManageInvites, "c.kind")} then 'notOfThisKind'
                when not {PermissionTable.Condition(ConversationAction.ManageInvites, "c.kind", "me.role")} then 'forbidden'
                when (select count(*) from invites
                      where conversation_id = $1 and expires_at > clock_timestamp() and (uses_max is null or uses < uses_max)) >= $7 then 'full'
            end as refusal
            from conversations c
            join members me on me.conversation_id = c.id
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), over as (
            delete from invites using judged
            where refusal is null and conversation_id = $1 and (expires_at <= clock_timestamp() or uses >= uses_max)
        ), made as (
            insert into invites (id, conversation_id, token_hash, created_by, expires_at, uses_max)
            select $3, id, $4, $2, $5, $6 from judged where refusal is null
            returning created_at
        ), audit as (
            {AuditRow.Insert(AuditAct.InviteCreated, actor: 8, rows: "made", conversation: "$1", details: "jsonb_build_object('inviteId', $3::uuid, 'expiresAt', $5::timestamptz, 'usesMax', $6::int)")}
        )
        select refusal, (select created_at from made) from judged
        """);

    private static readonly Statement Delete = new("RevokeInvite", $"""
        with judged as (
            select i.id, case
                when not {PermissionTable.Exists(ConversationAction.ManageInvites, "c.kind")} then 'notOfThisKind'
                when not {PermissionTable.Condition(ConversationAction.ManageInvites, "c.kind", "me.role")} then 'forbidden'
                when i.id is null then 'notThere'
            end as refusal
            from conversations c
            join members me on me.conversation_id = c.id
            left join invites i on i.conversation_id = c.id and i.id = $3
            where c.id = $1 and me.user_id = $2 and me.left_at is null
        ), revoked as (
            delete from invites i using judged where i.id = judged.id and refusal is null
            returning i.id
        ), audit as (
            {AuditRow.Insert(AuditAct.InviteRevoked, actor: 4, rows: "revoked", conversation: "$1", details: "jsonb_build_object('inviteId', id)")}
        )
        select refusal from judged
        """);

    /// <returns>Null where the actor is no member; else the link with its token, which is never to be had again, or why there is none.</returns>
    public static async Task<(ConversationRefusal? Refusal, CreatedInvite? Invite)?> CreateAsync(
        NpgsqlDataSource database, ConversationOptions limits, Guid conversationId, Guid actorId, DateTimeOffset expiresAt, int? usesMax,
        CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var id = Guid.CreateVersion7();
        var rows = await StatementBatch.QueryAsync(
            database, Insert,
            row => (Refusal: RefusalOrNull(row), CreatedAt: row.IsDBNull(1) ? default : row.GetFieldValue<DateTimeOffset>(1)),
            timeout: null, cancellationToken,
            LockConversations.Step(conversationId),
            Insert.Step([
                Parameter.Of(conversationId), Parameter.Of(actorId), Parameter.Of(id), Parameter.Of(Hash(token)),
                Parameter.Of(expiresAt.ToUniversalTime()), Parameter.OrNull(usesMax, NpgsqlDbType.Integer), Parameter.Of((long)limits.InvitesMax),
                .. Actor.User(actorId).Parameters]));
        return rows is not [var (refusal, createdAt)] ? null
            : (refusal, refusal is null ? new CreatedInvite(token, new Invite(id, actorId, createdAt, expiresAt, Uses: 0, usesMax)) : null);
    }

    /// <returns>Null where the actor is no member.</returns>
    public static async Task<RevokeOutcome?> RevokeAsync(
        NpgsqlDataSource database, Guid conversationId, Guid actorId, Guid inviteId, CancellationToken cancellationToken)
    {
        var rows = await Delete.QueryAsync(
            database, row => new RevokeOutcome(RefusalOrNull(row)), cancellationToken,
            [Parameter.Of(conversationId), Parameter.Of(actorId), Parameter.Of(inviteId), .. Actor.User(actorId).Parameters]);
        return rows.SingleOrDefault();
    }

    /// <summary>What is stored of a token.</summary>
    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static ConversationRefusal? RefusalOrNull(NpgsqlDataReader row) =>
        row.IsDBNull(0) ? null : Enum.Parse<ConversationRefusal>(row.GetString(0), ignoreCase: true);
}

/// <param name="Refusal">Why nothing was done.</param>
public sealed record RevokeOutcome(ConversationRefusal? Refusal);
