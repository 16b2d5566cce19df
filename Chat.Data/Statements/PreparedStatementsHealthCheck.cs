using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Chat.Data.Statements;

/// <summary>Not ready before the functions are there that this version's statements are kept as. Once they are, they stay.</summary>
internal sealed class PreparedStatementsHealthCheck(NpgsqlDataSource database) : IHealthCheck
{
    private volatile bool _complete;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_complete)
        {
            return HealthCheckResult.Healthy();
        }

        try
        {
            var missing = await PreparedStatements.MissingAsync(database, cancellationToken);
            _complete = missing.Count == 0;
            return _complete
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The database lacks the functions {string.Join(", ", missing)}: run 'migrate'.");
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("The database cannot be asked for its functions.");
        }
    }
}

public static class PreparedStatementsExtensions
{
    /// <summary>Adds the health check "statements".</summary>
    public static IServiceCollection AddPreparedStatements(this IServiceCollection services)
    {
        services.AddSingleton<PreparedStatementsHealthCheck>();
        services.AddHealthChecks().AddCheck<PreparedStatementsHealthCheck>("statements");
        return services;
    }
}
