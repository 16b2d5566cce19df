using Chat.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.ServiceDefaults.Clients;

public static partial class DatabaseExtensions
{
    /// <summary>
    /// Adds one <see cref="NpgsqlDataSource"/> over <c>ConnectionStrings:{connectionName}</c>, <typeparamref name="TContext"/> on
    /// top of it, and the health checks
    /// "database" and "schema".
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static WebApplicationBuilder AddDatabase<TContext>(this WebApplicationBuilder builder, string connectionName)
        where TContext : DbContext
    {
        var connectionString = builder.RequireConnectionString(connectionName);
        builder.Services.AddSingleton(services => new NpgsqlDataSourceBuilder(connectionString)
            .UseLoggerFactory(services.GetRequiredService<ILoggerFactory>()).Build());
        builder.Services.AddDbContextPool<TContext>(
            (services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
        Enrich<TContext>(builder);
        builder.Services.AddSingleton<SchemaHealthCheck<TContext>>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database").AddCheck<SchemaHealthCheck<TContext>>("schema");
        return builder;
    }

    internal static string RequireConnectionString(this WebApplicationBuilder builder, string name) =>
        builder.Configuration.GetConnectionString(name) is { Length: > 0 } connectionString
            ? connectionString
            : throw new InvalidOperationException(
                $"Connection string '{name}' is missing. The app host sets it; by hand: ConnectionStrings__{name}.");

    /// <summary>Where Aspire's client package can be had, its settings and dashboards know the context too.</summary>
    static partial void Enrich<TContext>(WebApplicationBuilder builder)
        where TContext : DbContext;
}
