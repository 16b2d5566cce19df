using System.Diagnostics.Metrics;
using Chat.Data.Files;
using Chat.Data.Schedule;
using Chat.Worker.Jobs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Worker.Files;

/// <summary>Says whether store and table agree, on one worker at a time.</summary>
internal sealed partial class AuditFilesJob : IJob
{
    private readonly JobSchedule _schedule;
    private readonly NpgsqlDataSource _database;
    private readonly IFileStore _store;
    private readonly TimeSpan _every;
    private readonly ILogger<AuditFilesJob> _log;
    private FileAudit? _last;

    public AuditFilesJob(
        JobSchedule schedule, NpgsqlDataSource database, IFileStore store, IOptions<FilesOptions> options, ILogger<AuditFilesJob> log)
    {
        (_schedule, _database, _store, _every, _log) = (schedule, database, store, options.Value.AuditEvery, log);
        JobMetrics.Meter.CreateObservableGauge(
            "chat.files.audit.wrong", Wrong, null, "What the last comparison of files and store has found, by what: missing, wrongSize, orphan.");
    }

    public static string Name => "AuditFiles";

    public TimeSpan Idle => TimeSpan.FromSeconds(30);

    public TimeSpan Timeout => TimeSpan.FromMinutes(30);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await _schedule.AddAsync(Name, cancellationToken);
        if (await _schedule.ClaimAsync(Name, lease: Timeout, cancellationToken) is not { } claim)
        {
            return 0;
        }

        var audit = await AuditFiles.RunAsync(_database, _store, young: null, cancellationToken);
        _last = audit;
        if (audit.Agrees && audit.Orphans == 0)
        {
            LogAgreed(_log, audit.Files);
        }
        else
        {
            LogDiffered(_log, audit.Files, audit.Missing, audit.WrongSize, audit.Orphans);
        }

        await _schedule.CompleteAsync(Name, claim, _every, cancellationToken);
        return 1;
    }

    /// <summary>Of the worker that was the last to compare; of the others, what they found before.</summary>
    private IEnumerable<Measurement<long>> Wrong() => _last is not { } audit
        ? []
        :
        [
            new(audit.Missing, new KeyValuePair<string, object?>("what", "missing")),
            new(audit.WrongSize, new KeyValuePair<string, object?>("what", "wrongSize")),
            new(audit.Orphans, new KeyValuePair<string, object?>("what", "orphan")),
        ];

    [LoggerMessage(LogLevel.Information, "The store has all {Files} files, and nothing else")]
    private static partial void LogAgreed(ILogger logger, long files);

    [LoggerMessage(LogLevel.Error, "Of {Files} files {Missing} have no bytes and {WrongSize} not as many as they should; {Orphans} orphans were removed")]
    private static partial void LogDiffered(ILogger logger, long files, long missing, long wrongSize, long orphans);
}
