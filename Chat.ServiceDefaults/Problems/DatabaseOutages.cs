using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.ServiceDefaults.Problems;

/// <summary>
/// The database being down, restarting or too slow is no defect of ours: 503, and the client tries again. Logged by kind and code
/// only, because a message of the database's may quote values.
/// </summary>
internal sealed partial class DatabaseOutages(IProblemDetailsService problems, ILogger<DatabaseOutages> log) : IExceptionHandler
{
    /// <summary>PgBouncer reports all its own troubles, such as no server behind it, as a protocol violation.</summary>
    private static readonly string[] Passing =
    [
        PostgresErrorCodes.ProtocolViolation, PostgresErrorCodes.QueryCanceled, PostgresErrorCodes.LockNotAvailable,
        PostgresErrorCodes.ReadOnlySqlTransaction,
    ];

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsOutage(exception, out var kind))
        {
            return false;
        }

        LogOutage(log, kind);
        Activity.Current?.SetTag("error.type", kind);
        var problem = Problems.Details(ProblemType.DatabaseUnavailable, "Try again in a moment.");
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    /// <summary>EF Core wraps what the driver throws, up to twice.</summary>
    private static bool IsOutage(Exception exception, out string kind)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException refused)
            {
                kind = refused.SqlState;
                return refused.IsTransient || Passing.Contains(refused.SqlState);
            }

            if (e is NpgsqlException)
            {
                kind = (e.InnerException ?? e).GetType().Name;
                return true;
            }
        }

        kind = "";
        return false;
    }

    [LoggerMessage(LogLevel.Error, "A request failed because of the database: {Kind}")]
    private static partial void LogOutage(ILogger logger, string kind);
}
