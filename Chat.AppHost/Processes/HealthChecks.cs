using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Chat.AppHost.Processes;

/// <summary>A local process is ready when it serves a real request with the password that its clients use.</summary>
internal static class HealthChecks
{
    public static IResourceBuilder<T> WithDatabaseHealthCheck<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithConnectionString => builder.WithCheck(async cancellationToken =>
        {
            var connectionString = new NpgsqlConnectionStringBuilder(
                await builder.Resource.GetConnectionStringAsync(cancellationToken))
            { Pooling = false, Timeout = 3, CommandTimeout = 3 };
            await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
        });

    public static IResourceBuilder<RedisProcess> WithPingHealthCheck(
        this IResourceBuilder<RedisProcess> builder, ParameterResource password) => builder.WithCheck(async cancellationToken =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", builder.Resource.Endpoint.Port, cancellationToken);
            using var stream = client.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"AUTH {await password.GetValueAsync(cancellationToken)}\r\nPING\r\n"), cancellationToken);
            using var reader = new StreamReader(stream);
            var answers = (await reader.ReadLineAsync(cancellationToken), await reader.ReadLineAsync(cancellationToken));
            if (answers is not ("+OK", "+PONG"))
            {
                throw new InvalidOperationException(answers.Item1);
            }
        });

    private static IResourceBuilder<T> WithCheck<T>(this IResourceBuilder<T> builder, Func<CancellationToken, Task> check)
        where T : IResource
    {
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            try
            {
                await check(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is NpgsqlException or SocketException or IOException or InvalidOperationException)
            {
                return HealthCheckResult.Unhealthy(e.Message);
            }
        });
        return builder.WithHealthCheck(key);
    }
}
