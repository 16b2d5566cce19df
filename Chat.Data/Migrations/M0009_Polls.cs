using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>
/// Votes, and what a message shows of them. One row a person and poll, whose key is the guarantee that nobody votes twice, whichever
/// requests race; the options chosen are bits, so that a change of mind is one update and a count one scan.
/// </summary>
[DbContext(typeof(ChatDb))]
[Migration("0009_Polls")]
internal sealed class M0009_Polls : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        -- Who voted for what: the truth, of which messages.tally is a count. The key decides that one person has one vote.
        create table votes (
            conversation_id uuid not null,
            seq             bigint not null,
            user_id         uuid not null,
            choices         integer not null check (choices > 0),       -- bit n: the option at place n
            voted_at        timestamptz not null default clock_timestamp(),
            primary key (conversation_id, seq, user_id)
        );
        create index votes_user_id on votes (user_id, conversation_id, seq);    -- for who asks for all that is theirs

        alter table messages
            add tally      jsonb,           -- the recounted votes: {"voters", "counts"}; null: none
            add counted_at timestamptz;     -- when reactions or tally last changed; null: never

        -- Who reacted with what, in the order in which they are listed and counted.
        create index reactions_emoji on reactions (conversation_id, seq, emoji, created_at, user_id);

        -- Summaries of an older version have no names.
        insert into recount_queue (conversation_id, seq) select conversation_id, seq from messages where reactions is not null;
        """);
}
