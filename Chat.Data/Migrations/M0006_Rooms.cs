using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>
/// What conversations are beyond their members and messages: description, picture, channels that are found by name, links to join by, who
/// has put what away, and who wants nothing from whom. No index stands on a column that a message changes.
/// </summary>
[DbContext(typeof(ChatDb))]
[Migration("0006_Rooms")]
internal sealed class M0006_Rooms : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table conversations
            add description text,
            add picture_id  uuid,           -- a file
            add deleted_at  timestamptz;    -- nobody is a member from then on, and nobody becomes one
        create index conversations_channels on conversations ((lower(title collate "und-x-icu") collate "C"), id)
            where kind = 'channel' and deleted_at is null;

        -- Put away at this seq: a later message brings it back, without a row written for it.
        alter table members add archived_seq bigint;

        -- Links by which people join. Of the token only the SHA-256 is kept.
        create table invites (
            id              uuid primary key,
            conversation_id uuid not null references conversations (id),
            token_hash      bytea not null unique,
            created_by      uuid not null references users (id),
            created_at      timestamptz not null default clock_timestamp(),
            expires_at      timestamptz not null,
            uses_max        integer,                        -- null: any number
            uses            integer not null default 0
        );
        create index invites_conversation_id on invites (conversation_id, id);

        -- Who wants nothing from whom. The primary key serves both directions, for both ids are always known.
        create table blocks (
            user_id    uuid not null references users (id) on delete cascade,
            blocked_id uuid not null references users (id) on delete cascade,
            created_at timestamptz not null default clock_timestamp(),
            primary key (user_id, blocked_id),
            check (user_id <> blocked_id)
        );
        """);
}
