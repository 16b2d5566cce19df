using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>STAND-IN for the accounts migration.</summary>
[DbContext(typeof(ChatDb))]
[Migration("0002_StandIn")]
internal sealed class M0002_StandIn : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table users (
            id uuid primary key,
            user_name text not null,
            normalized_user_name text not null unique,
            display_name text not null
        );
        """);
}
