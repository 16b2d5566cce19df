using System.Diagnostics;
using Chat.Data.Files;
using Chat.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Diagnostics;

namespace Chat.Api.Files;

/// <summary>The store being full or away is no defect of ours: 503, and the client tries again.</summary>
internal sealed partial class FileStoreOutages(IProblemDetailsService problems, ILogger<FileStoreOutages> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not FileStoreException)
        {
            return false;
        }

        LogOutage(log, exception.Message, exception.InnerException?.Message);
        Activity.Current?.SetTag("error.type", nameof(FileStoreException));
        var problem = Problems.Of(ProblemType.StorageUnavailable, "Nothing is lost of what was stored before. Try again in a moment.").ProblemDetails;
        httpContext.Response.StatusCode = ProblemType.StorageUnavailable.Status;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    [LoggerMessage(LogLevel.Error, "A request failed because of the files' store: {Message} {Cause}")]
    private static partial void LogOutage(ILogger logger, string message, string? cause);
}
