using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>
/// What operators need: suspended and deleted accounts, and the audit log, which the application appends to and never changes. And what
/// the export of one's own data is read by.
/// </summary>
[DbContext(typeof(ChatDb))]
[Migration("0008_Operators")]
internal sealed class M0008_Operators : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"""
        alter table users
            add column suspended_at      timestamptz,
            add column suspension_reason text check (char_length(suspension_reason) <= 500),
            add column deleted_at        timestamptz,       -- what is left is the author of messages, and has no name
            add check ((suspended_at is null) = (suspension_reason is null));
        create index users_suspended on users (user_name) where suspended_at is not null;
        create index users_operators on users (id) where role = 'operator';
        create index sessions_user_id on sessions (user_id, id);
        create index conversations_kind on conversations (kind, id);

        -- Names of deleted accounts, which nobody gets again: SHA-256 of the normalised name, and not whose it was.
        create table retired_user_names (
            name_hash bytea primary key
        );

        -- Accounts that have been deleted and whose memberships have not all been ended yet.
        create table account_deletions (
            user_id      uuid primary key references users (id),
            requested_at timestamptz not null default clock_timestamp()
        );

        -- Who did what to whom, and never what anybody wrote. No foreign keys: it outlives what it speaks of.
        create table audit_log (
            at              timestamptz not null default clock_timestamp(),
            id              uuid not null default gen_random_uuid(),
            act             text not null,
            actor_id        uuid,                           -- null: whoever had the operator key
            by_key          boolean not null,               -- by right of the operator key
            user_id         uuid,                           -- to whom
            conversation_id uuid,                           -- where
            details         jsonb,
            trace_id        text,                           -- of the request (W3C Trace Context)
            primary key (at, id),
            check (actor_id is not null or by_key)
        );
        create index audit_log_actor on audit_log (actor_id, at, id);
        create index audit_log_key on audit_log (at, id) where by_key;
        create index audit_log_act on audit_log (act, at, id);
        create index audit_log_user on audit_log (user_id, at, id);
        create index audit_log_conversation on audit_log (conversation_id, at, id);
        revoke update, delete, truncate on audit_log from {ApplicationRole.Name};

        -- Who is being given their data: one export at a time.
        create table exports (
            user_id uuid primary key references users (id),
            id      uuid not null,
            until   timestamptz not null                    -- a killed one ends by itself
        );
        create index members_of_user on members (user_id, conversation_id);
        create index reactions_user_id on reactions (user_id, conversation_id, seq, emoji);
        create index files_owner_id on files (owner_id, id);
        """);
}
