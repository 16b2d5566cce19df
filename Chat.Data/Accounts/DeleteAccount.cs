using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Operators;
using Chat.Data.Statements;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Chat.Data.Accounts;

/// <summary>
/// Deletes an account: from this commit on nobody signs in with it, finds it or adds it to anything, and nothing tells whose it was. The row
/// stays as the author of messages. The memberships are ended by the worker: see <see cref="FinishDeletions"/>.
/// </summary>
public static class DeleteAccount
{
    /// <summary>What everybody who has gone is called.</summary>
    public const string DisplayName = "Deleted user";

    /// <summary>What the user names of deleted accounts begin with, and no others; the rest is random.</summary>
    public const string UserNamePrefix = "deleted-";

    /// <summary>Only its owner, an operator, or whoever has the key, may be let here. The last operator stays, unless the key says so.</summary>
    private static readonly Statement Delete = new("DeleteAccount", $"""
        with target as (
            select id, role, normalized_user_name, '{UserNamePrefix}' || right(replace(gen_random_uuid()::text, '-', ''), 24) as name
            from users
            where id = $1 and deleted_at is null
        ), allowed as (
            select * from target where $3 or role <> 'operator' or {LockOperators.AnotherIsLeft}
        ), deleted as (
            update users
            set user_name = allowed.name, normalized_user_name = upper(allowed.name), display_name = '{DisplayName}', role = 'user',
                email = null, normalized_email = null, email_confirmed = false, phone_number = null, phone_number_confirmed = false,
                password_hash = null, security_stamp = null, concurrency_stamp = gen_random_uuid()::text, two_factor_enabled = false,
                lockout_end = null, access_failed_count = 0, suspended_at = null, suspension_reason = null, deleted_at = clock_timestamp()
            from allowed
            where users.id = allowed.id
            returning users.id
        ), retired as (
            insert into retired_user_names (name_hash)
            select sha256(convert_to(normalized_user_name, 'UTF8')) from allowed
            on conflict do nothing
        ), ended as (
            delete from sessions using deleted where user_id = deleted.id returning sessions.id, ended_at
        ), unfinished as (
            insert into account_deletions (user_id) select id from deleted
        ), audit as (
            {AuditRow.Insert(AuditAct.AccountDeleted, actor: 2, rows: "deleted", user: "id")}
        )
        select exists (select from target), not exists (select from allowed), array(select id from ended where ended_at is null)
        """);

    /// <returns>Not found: there is no such account, or it has been deleted.</returns>
    public static Task<ActOutcome> RunAsync(NpgsqlDataSource database, Actor actor, Guid userId, CancellationToken cancellationToken) =>
        OperatorAct.RunAsync(database, Delete, actor, userId, cancellationToken);

    /// <summary>
    /// Whether a deleted account had the name. To be asked in the transaction that took the name, after that: then no deletion can come in
    /// between.
    /// </summary>
    public static Task<bool> HadAsync(ChatDb database, string normalizedUserName, CancellationToken cancellationToken) => database.Database
        .SqlQuery<bool>($"""
            select exists (select from retired_user_names where name_hash = sha256(convert_to({normalizedUserName}, 'UTF8'))) as "Value"
            """).SingleAsync(cancellationToken);
}
