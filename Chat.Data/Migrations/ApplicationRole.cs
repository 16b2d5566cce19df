namespace Chat.Data.Migrations;

/// <summary>The role as which the services connect. It may read and change rows, and nothing else.</summary>
internal static class ApplicationRole
{
    public const string Name = "chat";

    public const string KeepHistoryReadOnly = $"""
        revoke insert, update, delete on "__EFMigrationsHistory" from {Name}
        """;

    /// <summary>
    /// To be run before the migrations, whose tables get the default privileges set here. Settings belong to the role, because a pooled
    /// connection keeps none of its own. Custom plans: one that was cached while the tables were empty cut the writer's batches from
    /// 27,000 to 6,700 messages a second. No compiled plans: the planner overrates what it has no statistics of, and compiling a page of
    /// history took 270 ms each time, reading it 0.2.
    /// </summary>
    public static string Sql(string password) => $"""
        do $role$
        begin
            if not exists (select from pg_roles where rolname = '{Name}') then
                create role {Name} login;
            end if;
        end
        $role$;
        alter role {Name} with login nosuperuser nocreatedb nocreaterole password '{password.Replace("'", "''", StringComparison.Ordinal)}';
        alter role {Name} set statement_timeout = '10s';
        alter role {Name} set lock_timeout = '2s';
        alter role {Name} set idle_in_transaction_session_timeout = '5s';
        alter role {Name} set plan_cache_mode = 'force_custom_plan';
        alter role {Name} set jit = off;
        grant pg_read_all_stats to {Name};
        grant usage on schema public to {Name};
        alter default privileges in schema public grant select, insert, update, delete on tables to {Name};
        alter default privileges in schema public grant usage on sequences to {Name};
        """;
}
