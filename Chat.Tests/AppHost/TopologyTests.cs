using System.Net.Http.Json;
using Chat.Contracts.Operations;
using Chat.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Chat.Tests.AppHost;

[Collection(ChatCollection.Name)]
public sealed class TopologyTests(ChatApplication chat)
{
    [Fact]
    public void Two_replicas_of_each_service_are_healthy() =>
        Assert.All(ChatApplication.Services, service => Assert.Equal(HealthStatus.Healthy, chat.State(service).HealthStatus));

    [Fact]
    public void The_migrations_have_run_to_their_end() => Assert.Equal(0, chat.State("migrations").ExitCode);

    [Fact]
    public async Task A_query_goes_through_PgBouncer_as_its_own_statistics_show()
    {
        using var op = chat.Operator();
        var before = await PgBouncer.QueriesAsync(chat);

        Assert.NotNull(await op.GetFromJsonAsync<SystemStatus>("/api/admin/status"));

        Assert.True(await PgBouncer.QueriesAsync(chat) > before);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("pgbouncer")]
    public async Task A_commit_is_acknowledged_only_when_it_is_on_disk(string connection)
    {
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync(connection));
        foreach (var setting in (string[])["fsync", "full_page_writes", "synchronous_commit"])
        {
            await using var show = database.CreateCommand($"select current_setting('{setting}')");
            Assert.Equal("on", await show.ExecuteScalarAsync());
        }
    }

    [Fact]
    public async Task The_services_connect_as_a_role_that_cannot_change_the_schema()
    {
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        await using var create = database.CreateCommand("create table intruder (id int)");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => create.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
