using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>Users, their sessions, and the keys that protect access tokens.</summary>
[DbContext(typeof(ChatDb))]
[Migration("0002_Accounts")]
internal sealed class M0002_Accounts : Migration
{
    // Names are compared byte by byte (collate "C"), so that a prefix is a range of the index whatever locale the cluster has; the
    // folding is ICU's for the same reason.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        create table users (
            id                     uuid primary key,
            user_name              text collate "C" not null check (user_name ~ '^[a-z0-9_.-]{3,32}$'),
            normalized_user_name   text collate "C" not null unique,
            display_name           text not null check (char_length(display_name) between 1 and 64),
            folded_display_name    text collate "C" not null generated always as (lower(display_name collate "und-x-icu")) stored,
            role                   text not null default 'user' check (role in ('user', 'operator')),
            created_at             timestamptz not null default clock_timestamp(),
            email                  text,
            normalized_email       text,
            email_confirmed        boolean not null default false,
            password_hash          text,
            security_stamp         text,
            concurrency_stamp      text,
            phone_number           text,
            phone_number_confirmed boolean not null default false,
            two_factor_enabled     boolean not null default false,
            lockout_end            timestamptz,
            lockout_enabled        boolean not null default true,
            access_failed_count    int not null default 0
        );
        create unique index users_user_name on users (user_name);
        create index users_folded_display_name on users (folded_display_name, user_name);

        create table sessions (
            id                uuid primary key,
            user_id           uuid not null references users (id) on delete cascade,
            family_hash       bytea not null unique,
            refresh_hash      bytea not null,
            previous_hash     bytea,
            generation        int not null default 1,
            user_agent        text check (char_length(user_agent) <= 256),
            created_at        timestamptz not null default clock_timestamp(),
            last_refreshed_at timestamptz not null default clock_timestamp(),
            ended_at          timestamptz
        );
        create index sessions_live on sessions (user_id, last_refreshed_at) where ended_at is null;

        create table data_protection_keys (
            id            uuid primary key,
            friendly_name text not null,
            xml           text not null,
            created_at    timestamptz not null default clock_timestamp()
        );
        """);
}
