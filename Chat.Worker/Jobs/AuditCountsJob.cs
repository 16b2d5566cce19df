using System.Diagnostics.Metrics;
using Chat.Data.Recounts;
using Chat.Data.Schedule;
using Npgsql;

namespace Chat.Worker.Jobs;

/// <summary>
/// Recounts a sample of the messages each minute, on one worker at a time. There is nothing to find unless somebody changed rows by hand or
/// there is a defect: so what is found is repaired, and told as a warning and a metric to raise an alarm on.
/// </summary>
internal sealed partial class AuditCountsJob(JobSchedule schedule, NpgsqlDataSource database, ILogger<AuditCountsJob> log) : IJob
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Of 8 KB: some thousands of messages, 2 MB to read.</summary>
    private const int Pages = 256;

    private static readonly Counter<long> Audited = JobMetrics.Meter.CreateCounter<long>(
        "chat.audit.messages", unit: "{message}", description: "Messages with reactions or votes that were counted again to see whether they show the truth.");

    private static readonly Counter<long> Differences = JobMetrics.Meter.CreateCounter<long>(
        "chat.audit.differences", unit: "{message}", description: "Those that did not, and were repaired.");

    public static string Name => "AuditCounts";

    public TimeSpan Idle => TimeSpan.FromSeconds(10);

    public TimeSpan Timeout => TimeSpan.FromSeconds(20);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await schedule.AddAsync(Name, cancellationToken);
        if (await schedule.ClaimAsync(Name, lease: Timeout * 2, cancellationToken) is not { } claim)
        {
            return 0;
        }

        Report(await AuditCounts.SampleAsync(database, Pages, cancellationToken));
        await schedule.CompleteAsync(Name, claim, dueIn: Every, cancellationToken);
        return 1;
    }

    internal void Report(AuditedCounts audited)
    {
        Audited.Add(audited.Counted);
        Differences.Add(audited.Differing.Count);
        foreach (var (conversationId, seq) in audited.Differing)
        {
            LogDifference(log, seq, conversationId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Message {Seq} of conversation {ConversationId} did not show what its reactions or votes are; it is counted anew")]
    private static partial void LogDifference(ILogger logger, long seq, Guid conversationId);
}
