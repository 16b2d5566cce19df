using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Operators;

/// <summary>
/// Makes users operators and takes the role from them. Whoever has the operator key may dismiss the last one too, for they can appoint
/// another. The concurrency stamp is changed by each act, so that Identity does not write back an account as it was before.
/// </summary>
public static class ChangeOperators
{
    private static readonly Statement Appoint = new("AppointOperator", $"""
        with target as (
            select id, role from users where id = $1 and deleted_at is null
        ), appointed as (
            update users set role = 'operator', concurrency_stamp = gen_random_uuid()::text
            from target
            where users.id = target.id and target.role <> 'operator'
            returning users.id
        ), audit as (
            {AuditRow.Insert(AuditAct.OperatorAppointed, actor: 2, rows: "appointed", user: "id")}
        )
        select exists (select from target), false, '{Empty}'::uuid[]
        """);

    private static readonly Statement Dismiss = new("DismissOperator", $"""
        with target as (
            select id from users where id = $1 and role = 'operator' and deleted_at is null
        ), dismissed as (
            update users set role = 'user', concurrency_stamp = gen_random_uuid()::text
            from target
            where users.id = target.id and ($3 or {LockOperators.AnotherIsLeft})
            returning users.id
        ), ended as (
            update sessions set ended_at = clock_timestamp()
            from dismissed
            where user_id = dismissed.id and ended_at is null
            returning sessions.id
        ), audit as (
            {AuditRow.Insert(AuditAct.OperatorDismissed, actor: 2, rows: "dismissed", user: "id")}
        )
        select exists (select from target), not exists (select from dismissed), array(select id from ended)
        """);

    private const string Empty = "{}";

    /// <summary>Changes nothing for who is an operator already.</summary>
    public static Task<ActOutcome> AppointAsync(NpgsqlDataSource database, Actor actor, Guid userId, CancellationToken cancellationToken) =>
        OperatorAct.RunAsync(database, Appoint, actor, userId, cancellationToken);

    /// <summary>Ends their sessions too, because their access tokens still name the role.</summary>
    public static Task<ActOutcome> DismissAsync(NpgsqlDataSource database, Actor actor, Guid userId, CancellationToken cancellationToken) =>
        OperatorAct.RunAsync(database, Dismiss, actor, userId, cancellationToken);
}
