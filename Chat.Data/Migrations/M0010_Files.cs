using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>
/// Uploads, what is known of whole files, which messages carry them, and what is to be removed. A row of <c>files</c> is a whole file;
/// bytes are in the store before it is there, and leave the store only after it is gone.
/// </summary>
[DbContext(typeof(ChatDb))]
[Migration("0010_Files")]
internal sealed class M0010_Files : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table files
            add sha256    bytea,                                -- null: a row without bytes, as load tests make them
            add encrypted boolean not null default false,
            add metadata  text,                                 -- of an encrypted one: what devices need to decrypt it
            add scan      text not null default 'unscanned';    -- or pending, clean, blocked
        create index conversations_picture on conversations (picture_id) where picture_id is not null;
        create index files_owner on files (owner_id) include (size);
        create index files_scan on files (created_at) where scan = 'pending';

        -- Files on their way. The id becomes the file's.
        create table uploads (
            id           uuid primary key,
            owner_id     uuid not null references users (id),
            size         bigint not null,               -- declared
            received     bigint not null default 0,     -- so many bytes are in the store, fsynced
            name         text not null,
            media_type   text not null,
            width        integer,
            height       integer,
            duration_ms  integer,
            encrypted    boolean not null,
            metadata     text,
            writer       uuid,                          -- the one request that may write, as long as it renews its lease
            writer_until timestamptz,
            finished_at  timestamptz,                   -- there is a file
            ended_at     timestamptz,                   -- there will be none
            created_at   timestamptz not null default clock_timestamp(),
            expires_at   timestamptz not null           -- the worker removes the row, and the bytes of one that is not finished
        );
        create index uploads_owner on uploads (owner_id, created_at);
        create index uploads_expires on uploads (expires_at);

        -- Which messages carry which file: a message one at most. Whoever adds a row holds a lock on the file's row.
        create table file_uses (
            conversation_id uuid not null,
            seq             bigint not null,
            kind            text not null,              -- the message's
            file_id         uuid not null,
            primary key (conversation_id, seq)
        );
        create index file_uses_kind on file_uses (conversation_id, kind, seq);
        create index file_uses_file on file_uses (file_id);
        insert into file_uses (conversation_id, seq, kind, file_id)
        select conversation_id, seq, kind, (content -> 'file' ->> 'id')::uuid from messages where content ? 'file';

        -- Files of which the worker is to see whether a message still carries them, once it is time.
        create table file_checks (
            id      bigint generated always as identity primary key,
            file_id uuid not null,
            due_at  timestamptz not null default clock_timestamp()
        );
        create index file_checks_due on file_checks (due_at);

        -- Bytes without a file, to be taken out of the store.
        create table file_removals (
            file_id   uuid primary key,
            queued_at timestamptz not null default clock_timestamp()
        );

        -- What the last comparison of store and table has found: one row.
        create table file_audit (
            one         boolean primary key default true check (one),
            finished_at timestamptz not null,
            files       bigint not null,
            missing     bigint not null,    -- files whose bytes are not there
            wrong_size  bigint not null,
            orphans     bigint not null     -- bytes that belonged to nothing; they were removed
        );
        """);
}
