using Chat.Data.Migrations;
using Chat.Data.Statements;
using Chat.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>On a database of its own: what is dropped here others need.</summary>
[Collection(ChatCollection.Name)]
public sealed class PreparedStatementTests(ChatApplication chat) : IAsyncLifetime
{
    private const string OfThisVersion = "select proname from pg_proc where pronamespace = 'statements'::regnamespace and proname like 'ReadMessagesBefore\\_%'";

    private readonly string _name = $"prepared_{Guid.NewGuid():N}";
    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync()
    {
        await chat.ExecuteAsync($"create database {_name}");
        _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("postgres")) { Database = _name });
        await MigrateAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await chat.ExecuteAsync($"drop database {_name} with (force)");
    }

    [Fact]
    public async Task A_service_is_not_ready_before_the_migrations_have_made_its_functions()
    {
        var (check, context) = (new PreparedStatementsHealthCheck(_database), new HealthCheckContext());
        var function = await ReadAsync(OfThisVersion);
        await RunAsync($"drop function statements.\"{function}\"");

        var lacking = await check.CheckHealthAsync(context);
        await MigrateAsync();
        var complete = await check.CheckHealthAsync(context);

        Assert.Equal((HealthStatus.Unhealthy, $"The database lacks the functions {function}: run 'migrate'."), (lacking.Status, lacking.Description));
        Assert.Equal(HealthStatus.Healthy, complete.Status);
    }

    [Fact]
    public async Task Functions_of_other_versions_stay_until_nobody_has_wanted_them_for_long()
    {
        await RunAsync("create function statements.recent() returns int language sql return 1");
        await RunAsync("do $$ begin execute format('comment on function statements.recent() is %L', (current_date - 89)::text); end $$");
        await RunAsync("create function statements.old(int) returns int language sql return 1");
        await RunAsync("do $$ begin execute format('comment on function statements.old(int) is %L', (current_date - 91)::text); end $$");
        await RunAsync("create function statements.unknown() returns int language sql return 1");
        var made = await ReadAsync("select max(oid)::text from pg_proc where proname like 'ReadMessagesBefore\\_%'");

        await MigrateAsync();

        Assert.Equal("recent, unknown", await ReadAsync(
            "select string_agg(proname, ', ' order by proname) from pg_proc where pronamespace = 'statements'::regnamespace and proname in ('old', 'recent', 'unknown')"));
        Assert.Equal(made, await ReadAsync("select max(oid)::text from pg_proc where proname like 'ReadMessagesBefore\\_%'"));
        Assert.Empty(await PreparedStatements.MissingAsync(_database, CancellationToken.None));
    }

    /// <summary>As the application's role, whose settings say otherwise.</summary>
    [Fact]
    public async Task The_plan_is_made_once_for_all_values_and_by_indexes()
    {
        var settings = await ReadAsync($"select array_to_string(proconfig, ' ') from pg_proc where proname = ({OfThisVersion})");

        Assert.Equal("plan_cache_mode=force_generic_plan enable_seqscan=off enable_hashjoin=off enable_mergejoin=off", settings);
    }

    private async Task MigrateAsync()
    {
        var password = new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("pgbouncer")).Password!;
        await new DatabaseMigrator(_database).RunAsync(password, CancellationToken.None);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> ReadAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
