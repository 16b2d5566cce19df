using Chat.AppHost.Processes;

namespace Chat.AppHost.Containers;

/// <summary>
/// The pooler through which the services reach the database, as the application's role. It pools by transaction: nothing of
/// a session outlives one, and the <c>DISCARD ALL</c> with which Npgsql gives a connection back would reset someone else's.
/// </summary>
internal sealed class PgBouncerContainer(string name, PostgresDatabaseResource database, string userName, ParameterResource password)
    : ContainerResource(name), IResourceWithConnectionString
{
    public EndpointReference Endpoint => new(this, "tcp");

    public PostgresDatabaseResource Database => database;

    public string UserName => userName;

    public ParameterResource Password => password;

    // Every part stays a reference: it has another value in the containers' network, on the host, and once published.
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)};Username={userName};Password={password};Database={database.DatabaseName};No Reset On Close=true");
}

internal static class PgBouncerContainerExtensions
{
    /// <summary>2,000 clients, the server's connections, and room. A client is a file handle, and Docker may allow only 1,024.</summary>
    public const int OpenFiles = 4096;

    private const int Port = 6432;

    public static IResourceBuilder<PgBouncerContainer> AddPgBouncerContainer(
        this IDistributedApplicationBuilder builder, PgBouncerContainer pgbouncer, IResourceBuilder<ProjectResource> after)
    {
        var postgres = pgbouncer.Database.Parent;
        var pooler = builder.AddResource(pgbouncer)
            .WithImage("edoburu/pgbouncer", "v1.25.2-p0")
            .WithImageRegistry("docker.io")
            .WithEndpoint(targetPort: Port, scheme: "tcp", name: "tcp")
            .WithEnvironment("LISTEN_PORT", pgbouncer.Endpoint.Property(EndpointProperty.TargetPort))
            .WithEnvironment("DB_HOST", postgres.PrimaryEndpoint.Property(EndpointProperty.Host))
            .WithEnvironment("DB_PORT", postgres.PrimaryEndpoint.Property(EndpointProperty.Port))
            .WithEnvironment("DB_NAME", pgbouncer.Database.DatabaseName)
            .WithEnvironment("DB_USER", pgbouncer.UserName)
            .WithEnvironment("DB_PASSWORD", pgbouncer.Password)
            .WithEnvironment("STATS_USERS", pgbouncer.UserName)
            .WithEnvironment("AUTH_TYPE", "scram-sha-256")
            .WithEnvironment("POOL_MODE", "transaction")
            .WithEnvironment("DEFAULT_POOL_SIZE", "20")
            .WithEnvironment("MAX_CLIENT_CONN", "2000")
            .WithEnvironment("QUERY_WAIT_TIMEOUT", "10")
            .WithEnvironment("SERVER_LOGIN_RETRY", "1") // the default, 15 s, is what a restart of Postgres would then cost
            .WithDatabaseHealthCheck() // an open port says nothing: a container's proxy accepts before there is anything behind it
            .WaitForCompletion(after); // which make the role
        if (Publishing.TargetOf(builder) is { } target)
        {
            target.ConfigureStore(pooler);
        }
        else
        {
            pooler.WithContainerRuntimeArgs("--ulimit", $"nofile={OpenFiles}");
        }

        return pooler;
    }
}
