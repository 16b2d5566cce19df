using Chat.Data.Files;
using Chat.Worker.Jobs;

namespace Chat.Worker.Files;

internal static class FileJobsExtensions
{
    /// <summary>The jobs that keep the store of files as the database says.</summary>
    public static void AddFileJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddFiles();
        builder.Services.AddJob<RemoveUploadsJob>();
        builder.Services.AddJob<RemoveFilesJob>();
        builder.Services.AddJob<AuditFilesJob>();
        builder.Services.AddJob<ScanFilesJob>();
        builder.Services.AddJob<SignLinksJob>();
    }
}
