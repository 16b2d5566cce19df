using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chat.Contracts.Messages;
using Chat.Data.Recounts;
using Chat.Data.Schedule;
using Chat.Tests.Support;
using Chat.Worker.Jobs;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Tests.Worker;

/// <summary>What shows something else than its rows is found, told and repaired; what is on its way is not mistaken for it.</summary>
[Collection(ChatCollection.Name)]
public sealed class AuditCountsTests(ChatApplication chat)
{
    [Fact]
    public async Task A_damaged_summary_and_a_damaged_tally_are_found_told_and_repaired()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        var group = await author.CreateGroupAsync();
        await author.Client.SendAsync(group.Id);
        await author.Client.SendPollAsync(group.Id, new SendPollRequest(Guid.NewGuid(), "Which?", ["a", "b"]));
        await author.Client.SendAsync(group.Id);
        await author.Client.ReactAsync(group.Id, 1, "👍");
        await author.Client.VoteAsync(group.Id, 2, 1);
        await chat.IsCountedAsync(group.Id);
        var whole = await AuditAsync(group.Id);

        await DamageAsync(group.Id, 1, """reactions = '[{"emoji": "👍", "count": 7, "names": []}]'""");
        await DamageAsync(group.Id, 2, "tally = null");
        await DamageAsync(group.Id, 3, """reactions = '[{"emoji": "🎉", "count": 1, "names": []}]'""");
        var found = await AuditAsync(group.Id);
        await chat.IsCountedAsync(group.Id);

        Assert.Empty(whole);
        Assert.Equal([1, 2, 3], found);
        var page = (await author.Client.HistoryAsync(group.Id)).Items;
        Assert.Equal(("👍", 1), (page[0].Reactions![0].Emoji, page[0].Reactions![0].Count));
        Assert.Equal([0, 1], page[1].Tally!.Counts);
        Assert.Null(page[2].Reactions);
        Assert.Empty(await AuditAsync(group.Id));
    }

    [Fact]
    public async Task What_waits_in_the_queue_is_no_difference()
    {
        using var author = await Person.RegisterAsync(chat, "author");
        var group = await author.CreateGroupAsync();
        await author.Client.SendAsync(group.Id);
        await using var database = await chat.OwnerAsync();
        await using var held = await database.OpenConnectionAsync();
        await using var transaction = await held.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"select from conversations where id = '{group.Id}' for update", held))
        {
            await hold.ExecuteNonQueryAsync();
        }

        await author.Client.ReactAsync(group.Id, 1, "👍");
        var found = await AuditAsync(group.Id);
        await transaction.RollbackAsync();

        Assert.Empty(found);
        await chat.IsCountedAsync(group.Id);
    }

    [Fact]
    public async Task Differences_are_a_warning_and_a_metric_and_the_queue_is_measured()
    {
        await using var pooled = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        var schedule = new JobSchedule(pooled);
        var log = new Lines();
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name.StartsWith("chat.audit", StringComparison.Ordinal) || instrument.Name.StartsWith("chat.recount.queue", StringComparison.Ordinal))
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.Start();
        var conversation = Guid.CreateVersion7();
        var audit = new AuditCountsJob(schedule, pooled, log);
        var queue = new MeasureRecountQueueJob(schedule, pooled, TimeProvider.System);

        audit.Report(new AuditedCounts(5, [(conversation, 17)]));
        await Eventually.HoldsAsync("this worker has measured the queue", ChatApplication.Patience, async () =>
        {
            await chat.ExecuteAsync($"update schedule set due_at = '-infinity' where name = '{MeasureRecountQueueJob.Name}'");
            return await queue.RunAsync(CancellationToken.None) == 1;
        });
        listener.RecordObservableInstruments();

        Assert.Contains($"Message 17 of conversation {conversation}", Assert.Single(log.Written), StringComparison.Ordinal);
        Assert.Equal((5, 1), (measured["chat.audit.messages"], measured["chat.audit.differences"]));
        Assert.InRange(measured["chat.recount.queue.depth"], 0, 1_000_000);
        Assert.InRange(measured["chat.recount.queue.age"], 0, 1_000_000);
    }

    private Task DamageAsync(Guid conversation, long seq, string what) =>
        chat.ExecuteAsync($"update messages set {what} where conversation_id = '{conversation}' and seq = {seq}");

    /// <summary>Of the pages that the conversation's messages are on.</summary>
    private async Task<long[]> AuditAsync(Guid conversation)
    {
        await using var database = await chat.OwnerAsync();
        var found = new List<long>();
        var pages = await chat.ReadAsync<long[]>($"""
            select array_agg(distinct (ctid::text::point)[0]::bigint) from messages where conversation_id = '{conversation}'
            """);
        foreach (var page in pages)
        {
            var audited = await AuditCounts.RunAsync(database, page, pages: 1, CancellationToken.None);
            found.AddRange(audited.Differing.Where(d => d.ConversationId == conversation).Select(d => d.Seq));
        }

        return [.. found.Order()];
    }

    private sealed class Lines : ILogger<AuditCountsJob>
    {
        public ConcurrentQueue<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue(formatter(state, exception));
    }
}
