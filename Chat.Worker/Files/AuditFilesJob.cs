using Chat.Data.Files;
using Chat.Data.Schedule;
using Chat.Worker.Jobs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Worker.Files;

/// <summary>Says whether store and table agree, on one worker at a time.</summary>
internal sealed partial class AuditFilesJob(
    JobSchedule schedule, NpgsqlDataSource database, IFileStore store, IOptions<FilesOptions> options, ILogger<AuditFilesJob> log) : IJob
{
    public static string Name => "AuditFiles";

    public TimeSpan Idle => TimeSpan.FromSeconds(30);

    public TimeSpan Timeout => TimeSpan.FromMinutes(30);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await schedule.AddAsync(Name, cancellationToken);
        if (await schedule.ClaimAsync(Name, lease: Timeout, cancellationToken) is not { } claim)
        {
            return 0;
        }

        var audit = await AuditFiles.RunAsync(database, store, young: null, cancellationToken);
        if (audit.Agrees && audit.Orphans == 0)
        {
            LogAgreed(log, audit.Files);
        }
        else
        {
            LogDiffered(log, audit.Files, audit.Missing, audit.WrongSize, audit.Orphans);
        }

        await schedule.CompleteAsync(Name, claim, options.Value.AuditEvery, cancellationToken);
        return 1;
    }

    [LoggerMessage(LogLevel.Information, "The store has all {Files} files, and nothing else")]
    private static partial void LogAgreed(ILogger logger, long files);

    [LoggerMessage(LogLevel.Error, "Of {Files} files {Missing} have no bytes and {WrongSize} not as many as they should; {Orphans} orphans were removed")]
    private static partial void LogDiffered(ILogger logger, long files, long missing, long wrongSize, long orphans);
}
