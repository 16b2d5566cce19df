using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>
/// Conversations that a member has marked as unread: a flag beside the cursor, which only ever moves forward. No index stands on it, as on
/// none of the cursors, so that reading leaves the member's row in its page (HOT).
/// </summary>
[DbContext(typeof(ChatDb))]
[Migration("0007_ReadState")]
internal sealed class M0007_ReadState : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table members add column marked_unread boolean not null default false;
        """);
}
