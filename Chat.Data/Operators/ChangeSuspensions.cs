using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Operators;

/// <summary>
/// Suspends users: their sessions end, and none begins until the suspension is lifted. What they have written stays, and they stay
/// members.
/// </summary>
public static class ChangeSuspensions
{
    private static readonly Statement Suspend = new("SuspendUser", $"""
        with target as (
            select id, role, suspension_reason from users where id = $1 and deleted_at is null
        ), allowed as (
            select id, suspension_reason from target where $3 or role <> 'operator' or {LockOperators.AnotherIsLeft}
        ), suspended as (
            update users
            set suspended_at = coalesce(suspended_at, clock_timestamp()), suspension_reason = $5, concurrency_stamp = gen_random_uuid()::text
            from allowed
            where users.id = allowed.id and allowed.suspension_reason is distinct from $5
            returning users.id
        ), ended as (
            update sessions set ended_at = clock_timestamp()
            from suspended
            where user_id = suspended.id and ended_at is null
            returning sessions.id
        ), audit as (
            {AuditRow.Insert(AuditAct.UserSuspended, actor: 2, rows: "suspended", user: "id", details: "jsonb_build_object('reason', $5)")}
        )
        select exists (select from target), not exists (select from allowed), array(select id from ended)
        """);

    private static readonly Statement Lift = new("LiftSuspension", $"""
        with lifted as (
            update users set suspended_at = null, suspension_reason = null, concurrency_stamp = gen_random_uuid()::text
            where id = $1 and suspended_at is not null
            returning id
        ), audit as (
            {AuditRow.Insert(AuditAct.SuspensionLifted, actor: 2, rows: "lifted", user: "id")}
        )
        select exists (select from lifted), false, array(select id from lifted where false)
        """);

    private static readonly Statement EndSessions = new("EndSessionsOfUser", $"""
        with target as (
            select id from users where id = $1 and deleted_at is null
        ), ended as (
            update sessions set ended_at = clock_timestamp()
            from target
            where user_id = target.id and ended_at is null
            returning sessions.id
        ), audit as (
            {AuditRow.Insert(
                AuditAct.SessionsEnded, actor: 2, rows: "target", user: "id",
                details: "jsonb_build_object('sessions', (select count(*) from ended))")}
        )
        select exists (select from target), false, array(select id from ended)
        """);

    /// <summary>Of who is suspended already the reason is replaced.</summary>
    public static Task<ActOutcome> SuspendAsync(
        NpgsqlDataSource database, Actor actor, Guid userId, string reason, CancellationToken cancellationToken) =>
        OperatorAct.RunAsync(database, Suspend, actor, userId, cancellationToken, Parameter.Of(reason));

    /// <summary>Not found: not suspended.</summary>
    public static Task<ActOutcome> LiftAsync(NpgsqlDataSource database, Actor actor, Guid userId, CancellationToken cancellationToken) =>
        OperatorAct.RunAsync(database, Lift, actor, userId, cancellationToken);

    /// <summary>Signs a user out everywhere; they may sign in again.</summary>
    public static Task<ActOutcome> EndSessionsAsync(NpgsqlDataSource database, Actor actor, Guid userId, CancellationToken cancellationToken) =>
        OperatorAct.RunAsync(database, EndSessions, actor, userId, cancellationToken);
}
