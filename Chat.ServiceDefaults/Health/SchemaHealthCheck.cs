using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Chat.ServiceDefaults.Health;

/// <summary>
/// Not ready before the migrations that this version needs have been run: some places to deploy to know no order of start.
/// Once they have, they stay, and the database is not asked again.
/// </summary>
internal sealed class SchemaHealthCheck<TContext>(IServiceScopeFactory scopes) : IHealthCheck
    where TContext : DbContext
{
    private volatile bool _current;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_current)
        {
            return HealthCheckResult.Healthy();
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
            var pending = (await database.GetPendingMigrationsAsync(cancellationToken)).ToArray();
            _current = pending.Length == 0;
            return _current
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The database lacks the migrations {string.Join(", ", pending)}: run 'migrate'.");
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("The database cannot be asked for its migrations.");
        }
    }
}
