using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Chat.ServiceDefaults.Clients;

public static partial class DatabaseExtensions
{
    static partial void Enrich<TContext>(WebApplicationBuilder builder)
        where TContext : DbContext => builder.EnrichNpgsqlDbContext<TContext>(settings =>
        {
            // A retry of single statements cannot be combined with transactions of our own; callers retry whole units of work.
            settings.DisableRetry = true;

            // The check "database" asks the same, and names no address in its answer.
            settings.DisableHealthChecks = true;

            // Npgsql's own source and meter are listened to by name: Telemetry/TelemetryExtensions.cs.
            settings.DisableTracing = true;
            settings.DisableMetrics = true;
        });
}
