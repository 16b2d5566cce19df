using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>The installation's epoch and the schedule of recurring jobs.</summary>
[DbContext(typeof(ChatDb))]
[Migration("0001_Installation")]
internal sealed class M0001_Installation : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table installation (
            only_row boolean primary key default true check (only_row),
            epoch    uuid not null default gen_random_uuid()
        );
        insert into installation default values;

        create table schedule (
            name   text primary key,
            due_at timestamptz not null default '-infinity',
            claims bigint not null default 0
        );
        """);
}
