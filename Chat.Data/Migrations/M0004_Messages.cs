using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>
/// What messages are beyond text: content of other kinds, replies, threads, forwards, mentions, pins, earlier versions; and who does not
/// want to see them. Everything that not every message has is null in its row, or a row elsewhere; no index stands on a column that a
/// change of a message writes, so those updates stay in their page (HOT).
/// </summary>
[DbContext(typeof(ChatDb))]
[Migration("0004_Messages")]
internal sealed class M0004_Messages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table messages
            add content       jsonb,        -- of kinds that are more than text: the contract's MessageContent
            add reply_to      bigint,       -- a seq of the same conversation
            add thread_root   bigint,       -- a seq of the same conversation, which is in no thread itself
            add reply_count   integer,      -- of a root; null: none yet
            add last_reply_at timestamptz,
            add forwarded     boolean,      -- true or null
            add pinned_at     timestamptz,
            add mentions      uuid[];       -- as in the table mentions; null: none
        create index messages_thread on messages (conversation_id, thread_root, seq) where thread_root is not null;

        -- What an edit has replaced, by the rev of the edit.
        create table message_versions (
            conversation_id uuid not null,
            seq             bigint not null,
            rev             bigint not null,
            text            text not null,
            written_at      timestamptz not null,
            primary key (conversation_id, seq, rev)
        );

        -- The pinned messages of a conversation, a bounded number.
        create table pins (
            conversation_id uuid not null,
            seq             bigint not null,
            pinned_by       uuid not null,
            primary key (conversation_id, seq)
        );

        -- Who is mentioned where; the id of zeros is everyone. In the order in which unread mentions are counted.
        create table mentions (
            conversation_id uuid not null,
            user_id         uuid not null,
            seq             bigint not null,
            primary key (conversation_id, user_id, seq)
        );

        -- Deleted for one user only.
        create table hidden_messages (
            user_id         uuid not null,
            conversation_id uuid not null,
            seq             bigint not null,
            primary key (user_id, conversation_id, seq)
        );

        -- What was uploaded, for messages to show.
        create table files (
            id          uuid primary key,
            owner_id    uuid not null references users (id),
            name        text not null,
            media_type  text not null,
            size        bigint not null,
            width       integer,
            height      integer,
            duration_ms integer,
            created_at  timestamptz not null default clock_timestamp()
        );
        """);
}
