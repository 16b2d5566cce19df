using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>
/// Conversations, members, messages, the two streams of changes, reactions and the queue of recounts. No index stands on a column
/// that a message, a reaction or a reading changes, so that those updates stay in their page (HOT). The epoch of both streams is
/// the installation's.
/// </summary>
[DbContext(typeof(ChatDb))]
[Migration("0003_Conversations")]
internal sealed class M0003_Conversations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- The row is the lock and the counter of its conversation: every change takes the next rev, every message the next seq.
        -- Written by every batch, hence the room in its page.
        create table conversations (
            id                 uuid primary key,
            kind               text not null check (kind in ('direct', 'group', 'channel')),
            title              text,
            created_at         timestamptz not null default clock_timestamp(),
            last_seq           bigint not null default 0,
            last_rev           bigint not null default 0,
            kept_rev           bigint not null default 0,   -- changes up to this rev may have been compacted away
            membership_version bigint not null default 0,
            member_count       integer not null default 0,
            first_member_ids   uuid[] not null default '{}',  -- at most five, in the order in which members are listed
            active_at          timestamptz not null default clock_timestamp(),
            last_sender_id     uuid,
            last_kind          text,
            last_text          text,                        -- the beginning of the last message
            direct_low         uuid,
            direct_high        uuid,
            unique (direct_low, direct_high),               -- one direct conversation a pair
            check ((kind = 'direct') = (direct_low is not null and direct_high is not null and direct_low < direct_high))
        ) with (fillfactor = 50);

        -- One cursor a member instead of a receipt a message. Who has left keeps the row, and finds the cursor on coming back.
        create table members (
            conversation_id uuid not null references conversations (id),
            user_id         uuid not null references users (id),
            role            text not null check (role in ('owner', 'admin', 'member')),
            joined_at       timestamptz not null default clock_timestamp(),
            left_at         timestamptz,
            read_seq        bigint not null default 0,
            delivered_seq   bigint not null default 0,
            muted_until     timestamptz,                    -- infinity: until further notice
            primary key (conversation_id, user_id)
        ) with (fillfactor = 80);
        create index members_user_id on members (user_id) where left_at is null;

        -- (conversation_id, seq) is a message's id everywhere; seq is dense, from 1, in commit order. Every unique key begins with the
        -- conversation, so that the table can be partitioned by it. No foreign keys: the writer joins conversation and member in
        -- the same transaction, and a check by trigger would cost each row.
        create table messages (
            conversation_id uuid not null,
            seq             bigint not null,
            rev             bigint not null,                -- of its latest change
            sender_id       uuid not null,
            client_id       uuid not null,
            kind            text not null,
            text            text not null,
            created_at      timestamptz not null,
            edited_at       timestamptz,
            deleted_at      timestamptz,
            reactions       jsonb,                          -- the recounted summary: [{"emoji", "count", "firstUserIds"}]; null: none
            primary key (conversation_id, seq)
        ) with (fillfactor = 85);
        create unique index messages_client_id on messages (conversation_id, sender_id, client_id);

        -- The stream of a conversation: which message, or the conversation itself (seq 0), was changed by which rev.
        create table changes (
            conversation_id uuid not null,
            rev             bigint not null,
            seq             bigint not null,
            primary key (conversation_id, rev) include (seq)
        );

        -- The stream of what is a user's own: their membership of a conversation (seq 0), or what a message is to them.
        create table user_streams (
            user_id  uuid primary key references users (id),
            last_rev bigint not null
        ) with (fillfactor = 80);
        create table user_changes (
            user_id         uuid not null,
            rev             bigint not null,
            conversation_id uuid not null,
            seq             bigint not null,
            primary key (user_id, rev)
        );

        -- Who reacted: the truth, of which messages.reactions is a summary.
        create table reactions (
            conversation_id uuid not null,
            seq             bigint not null,
            user_id         uuid not null,
            emoji           text collate "C" not null,
            created_at      timestamptz not null default clock_timestamp(),
            primary key (conversation_id, seq, user_id, emoji)
        );

        -- Messages whose summary must be recounted. Appended to by the transaction that changed the truth, never merged on conflict:
        -- that would lose the change that came after the recount began.
        create table recount_queue (
            id              bigint generated always as identity primary key,
            conversation_id uuid not null,
            seq             bigint not null,
            queued_at       timestamptz not null default clock_timestamp(),
            trace_parent    text                            -- the request's span (W3C Trace Context), for the recount to link to
        );
        """);
}
