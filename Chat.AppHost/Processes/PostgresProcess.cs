namespace Chat.AppHost.Processes;

/// <summary>A PostgreSQL server with one database, run from the programs installed on this machine.</summary>
internal sealed class PostgresProcess(string name, string databaseName, ParameterResource password)
    : ExecutableResource(name, "bash", AppContext.BaseDirectory), IResourceWithConnectionString
{
    public const string Owner = "postgres";

    public EndpointReference Endpoint => new(this, "tcp");

    public string DatabaseName => databaseName;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)};Username={Owner};Password={password};Database={databaseName}");
}

internal static class PostgresProcessExtensions
{
    public static IResourceBuilder<PostgresProcess> AddPostgresProcess(
        this IDistributedApplicationBuilder builder, string name, string databaseName, IResourceBuilder<ParameterResource> password)
    {
        var postgres = new PostgresProcess(name, databaseName, password.Resource);
        return builder.AddResource(postgres)
            .WithEndpoint(builder.Port(name), scheme: "tcp", name: "tcp", isProxied: false)
            .WithArgs("Processes/postgres.sh", DataDirectory.PathTo(builder, name), databaseName)
            .WithArgs([.. PostgresSettings.Arguments])
            .WithEnvironment("POSTGRES_PORT", postgres.Endpoint.Property(EndpointProperty.TargetPort))
            .WithEnvironment("POSTGRES_PASSWORD", password)
            .WithDatabaseHealthCheck();
    }
}
