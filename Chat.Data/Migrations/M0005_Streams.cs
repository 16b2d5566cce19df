using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>
/// What the worker needs to keep the streams of changes short, and to find old sessions. What is due is found by index; those columns change
/// when the worker comes by and never with a message, so that messages leave the conversation's row in its page (HOT).
/// </summary>
[DbContext(typeof(ChatDb))]
[Migration("0005_Streams")]
internal sealed class M0005_Streams : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- The default makes every conversation due at once, also those that an older version creates.
        alter table conversations add column compact_at timestamptz not null default now();
        create index conversations_compact_at on conversations (compact_at);

        -- How far the worker has come with each conversation's stream.
        create table compactions (
            conversation_id uuid primary key references conversations (id),
            marked_rev      bigint not null,                -- the last rev at that time; once it is old enough, nothing up to it is kept
            marked_at       timestamptz not null,
            removed_rev     bigint not null default 0,      -- nothing is left up to this rev
            scanned_rev     bigint,                         -- of a scan under way: it goes on after this rev
            settled         bigint not null default 0       -- revs that were no new message, as of the last whole scan
        );

        alter table user_streams
            add column kept_rev   bigint not null default 0,    -- changes up to this rev may have been compacted away
            add column compact_at timestamptz not null default now(),
            add column marked_rev bigint not null default 0,
            add column marked_at  timestamptz not null default now();
        create index user_streams_compact_at on user_streams (compact_at);

        create index sessions_ended on sessions (ended_at) where ended_at is not null;
        create index sessions_refreshed on sessions (last_refreshed_at) where ended_at is null;
        """);
}
