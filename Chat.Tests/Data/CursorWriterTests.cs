using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chat.Data.ReadState;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>What one process makes of many reads at once.</summary>
[Collection(ChatCollection.Name)]
public sealed class CursorWriterTests(ChatApplication chat)
{
    [Fact]
    public async Task Many_reads_of_few_members_are_one_statement_and_a_row_each()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        var group = (await sender.CreateGroupAsync(reader)).Id;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => sender.Client.SendAsync(group)));
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        var writer = new CursorWriter(database, TimeProvider.System);
        var batches = new ConcurrentQueue<int>();
        using var meters = ListenTo("chat.cursors.batch.size", batches.Enqueue);

        var reads = Enumerable.Range(1, 30).Select(seq => writer.MoveAsync(new CursorMove(group, reader.Id, seq, seq))).ToArray();
        var stranger = writer.MoveAsync(new CursorMove(group, outsider.Id, 5, 5));
        var knew = writer.MoveAsync(new CursorMove(group, sender.Id, 0, 7));
        writer.Complete();
        await writer.RunAsync();

        Assert.Equal([3], batches);
        Assert.All(reads, read => Assert.True(read.Result is CursorOutcome.At(var now, Moved: true) && (now.ReadSeq, now.DeliveredSeq) == (30, 30)));
        Assert.IsType<CursorOutcome.NotMember>(await stranger);
        Assert.True(await knew is CursorOutcome.At(_, Moved: false));
    }

    [Fact]
    public async Task More_than_may_wait_are_told_to_come_back()
    {
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        var writer = new CursorWriter(database, TimeProvider.System);
        var waiting = Enumerable.Range(0, CursorWriter.Capacity).Select(_ => writer.MoveAsync(new CursorMove(Guid.NewGuid(), Guid.NewGuid(), 1, 1))).ToArray();

        Assert.IsType<CursorOutcome.Busy>(await writer.MoveAsync(new CursorMove(Guid.NewGuid(), Guid.NewGuid(), 1, 1)));
        writer.Complete();
        await writer.RunAsync();

        Assert.All(waiting, move => Assert.IsType<CursorOutcome.NotMember>(move.Result));
    }

    private static MeterListener ListenTo(string instrument, Action<int> onMeasured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, l) =>
            {
                if (published.Name == instrument)
                {
                    l.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => onMeasured(value));
        listener.Start();
        return listener;
    }
}
