using Chat.Data.Migrations;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Data;

[Collection(ChatCollection.Name)]
public sealed class MigrationTests(ChatApplication chat)
{
    private const string ApplicationPassword = "anotherpasswordfortests";

    [Fact]
    public async Task Migrations_that_run_at_once_on_an_empty_database_all_succeed_and_run_each_step_once()
    {
        var name = $"migrated_at_once_{Guid.NewGuid():N}";
        await using var server = await chat.OwnerAsync();
        await ExecuteAsync(server, $"create database {name}");
        var to = new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("postgres")) { Database = name };
        await using var database = NpgsqlDataSource.Create(to);
        var password = new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("pgbouncer")).Password!;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new DatabaseMigrator(database).RunAsync(password, CancellationToken.None)));

        await using var count = database.CreateCommand("select count(*) from installation");
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_password_with_quotes_neither_breaks_nor_escapes_the_statement()
    {
        await using var server = await chat.OwnerAsync();
        var now = new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("pgbouncer")).Password!;

        await new DatabaseMigrator(server).RunAsync($"{ApplicationPassword}'; drop table schedule; --", CancellationToken.None);
        await new DatabaseMigrator(server).RunAsync(now, CancellationToken.None);

        await using var schedule = server.CreateCommand("select count(*) from schedule");
        Assert.NotNull(await schedule.ExecuteScalarAsync());
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
