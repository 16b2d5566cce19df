using Chat.Data.Clicks;
using Chat.Data.Events;
using Chat.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StackExchange.Redis;

namespace Chat.Tests.Data;

/// <summary>The writer of clicks by itself, which a test can stop and start.</summary>
[Collection(ChatCollection.Name)]
public sealed class ClickWriterTests(ChatApplication chat) : IAsyncLifetime
{
    private NpgsqlDataSource _pooled = null!;
    private ConnectionMultiplexer _redis = null!;
    private ClickWriter _writer = null!;
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task Clicks_that_wait_together_are_one_transaction()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Person.RegisterAsync(chat, $"person{n}")));
        var group = await people[0].CreateGroupAsync(people[1..]);
        await people[0].Client.SendAsync(group.Id);

        var clicks = people.Select(person => _writer.ClickAsync(new ReactionClick(group.Id, 1, person.Id, "👍", Wanted: true))).ToArray();
        _running = _writer.RunAsync();
        var outcomes = await Task.WhenAll(clicks);

        Assert.All(outcomes, outcome => Assert.NotNull(Assert.IsType<ClickOutcome.Settled>(outcome).OwnRev));
        Assert.Equal((1, 4), (
            await chat.ReadAsync<long>($"select count(distinct xmin::text) from reactions where conversation_id = '{group.Id}'"),
            await chat.ReadAsync<long>($"select count(*) from reactions where conversation_id = '{group.Id}'")));
        Array.ForEach(people, person => person.Dispose());
    }

    [Fact]
    public async Task Somebody_whose_stream_is_held_hears_busy_and_the_others_do_not_wait_for_long()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var group = await ada.CreateGroupAsync(bob);
        await ada.Client.SendAsync(group.Id);
        await using var owner = await chat.OwnerAsync();
        await using var silent = await owner.OpenConnectionAsync();
        await using var transaction = await silent.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand($"select from user_streams where user_id = '{ada.Id}' for update", silent);
        await hold.ExecuteNonQueryAsync();

        var held = _writer.ClickAsync(new ReactionClick(group.Id, 1, ada.Id, "👍", Wanted: true));
        var other = _writer.ClickAsync(new ReactionClick(group.Id, 1, bob.Id, "👍", Wanted: true));
        _running = _writer.RunAsync();

        Assert.IsType<ClickOutcome.Settled>(await other);
        Assert.IsType<ClickOutcome.Busy>(await held);
        await transaction.RollbackAsync();
        Assert.IsType<ClickOutcome.Settled>(await _writer.ClickAsync(new ReactionClick(group.Id, 1, ada.Id, "👍", Wanted: true)));
    }

    [Fact]
    public async Task When_the_queue_is_full_or_closed_nothing_is_done_and_it_is_said()
    {
        var waiting = Enumerable.Range(0, ClickWriter.Capacity)
            .Select(n => _writer.ClickAsync(new VoteClick(Guid.NewGuid(), 1, Guid.Empty, Choices: 1))).ToArray();

        Assert.IsType<ClickOutcome.Busy>(await _writer.ClickAsync(new VoteClick(Guid.NewGuid(), 1, Guid.Empty, Choices: 1)));
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        _writer.Complete();
        Assert.IsType<ClickOutcome.Busy>(await _writer.ClickAsync(new VoteClick(Guid.NewGuid(), 1, Guid.Empty, Choices: 1)));
    }

    public async Task InitializeAsync()
    {
        _pooled = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        _redis = await ConnectionMultiplexer.ConnectAsync(await chat.ConnectionStringAsync("redis"));
        _writer = new ClickWriter(
            _pooled, new EventPublisher(_redis, TimeProvider.System, NullLogger<EventPublisher>.Instance), TimeProvider.System,
            NullLogger<ClickWriter>.Instance);
    }

    public async Task DisposeAsync()
    {
        _writer.Complete();
        await _running;
        _redis.Dispose();
        await _pooled.DisposeAsync();
    }
}
