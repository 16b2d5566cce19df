using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Chat.ServiceDefaults.Health;

/// <summary>A query through the pooler. Its reason names no address and no secret, because anyone may read it.</summary>
internal sealed class DatabaseHealthCheck(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("/* CheckHealth */ select 1");
            command.CommandTimeout = 3;
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (PostgresException e)
        {
            return HealthCheckResult.Unhealthy($"The database refused: {e.MessageText} ({e.SqlState})");
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy(e.InnerException is SocketException or TimeoutException
                ? $"The database cannot be reached: {Reason(e.InnerException)}"
                : "The database cannot be reached.");
        }
    }

    private static string Reason(Exception e) => e is SocketException socket ? socket.SocketErrorCode.ToString() : "no answer in time";
}
