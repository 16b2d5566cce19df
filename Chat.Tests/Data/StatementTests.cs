using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chat.Data.Installation;
using Chat.Data.Schedule;
using Chat.Tests.Support;
using Chat.Worker.Jobs;
using Npgsql;

namespace Chat.Tests.Data;

[Collection(ChatCollection.Name)]
public sealed class StatementTests(ChatApplication chat)
{
    [Fact]
    public async Task The_duration_of_a_statement_is_measured_under_its_name()
    {
        var measured = new ConcurrentBag<(string? Statement, double Seconds)>();
        using var listener = Listen("chat.db.statement.duration", (value, statement) => measured.Add((statement, value)));
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));

        await ReadInstallation.RunAsync(database, CancellationToken.None);

        Assert.Contains(measured, m => m is { Statement: "ReadInstallation", Seconds: > 0 and < 30 });
    }

    [Fact]
    public async Task The_servers_statistics_become_metrics_on_the_worker_that_sampled()
    {
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        await ReadInstallation.RunAsync(database, CancellationToken.None);
        await using var owner = await chat.OwnerAsync();
        await using var due = owner.CreateCommand("update schedule set due_at = '-infinity' where name = 'SampleStatements'");
        var job = new SampleStatements(new JobSchedule(database), database, TimeProvider.System);
        await Eventually.HoldsAsync("this worker has claimed the sample", TimeSpan.FromSeconds(20), async () =>
        {
            await due.ExecuteNonQueryAsync();
            return await job.RunAsync(CancellationToken.None) == 1;
        });

        var means = new ConcurrentBag<(string? Statement, double Seconds)>();
        using var listener = Listen("chat.db.statement.mean", (value, statement) => means.Add((statement, value)));
        listener.RecordObservableInstruments();

        Assert.Contains(means, m => m is { Statement: "ReadInstallation", Seconds: > 0 });
    }

    private static MeterListener Listen(string instrument, Action<double, string?> onMeasured)
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
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
            onMeasured(value, tags.ToArray().FirstOrDefault(t => t.Key == "statement").Value as string));
        listener.Start();
        return listener;
    }
}
