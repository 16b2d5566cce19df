namespace Chat.AppHost.Processes;

/// <summary>PgBouncer in front of <see cref="PostgresProcess"/>: transaction pooling, SCRAM.</summary>
internal sealed class PgBouncerProcess(string name, string databaseName, string userName, ParameterResource password)
    : ExecutableResource(name, "bash", AppContext.BaseDirectory), IResourceWithConnectionString
{
    public EndpointReference Endpoint => new(this, "tcp");

    /// <summary>
    /// A pooled connection keeps no state between transactions, so none needs resetting; and Debian's PgBouncer (1.18, before
    /// 1.21) does not carry named prepared statements over from one server connection to the next.
    /// </summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.Host)};Port={Endpoint.Property(EndpointProperty.Port)};Username={userName};Password={password};Database={databaseName};No Reset On Close=true;Max Auto Prepare=0");
}

internal static class PgBouncerProcessExtensions
{
    public static IResourceBuilder<PgBouncerProcess> AddPgBouncerProcess(
        this IDistributedApplicationBuilder builder, string name, PostgresProcess postgres, string userName,
        IResourceBuilder<ParameterResource> password)
    {
        var pgbouncer = new PgBouncerProcess(name, postgres.DatabaseName, userName, password.Resource);
        return builder.AddResource(pgbouncer)
            .WithEndpoint(builder.Port(name), scheme: "tcp", name: "tcp", isProxied: false)
            .WithArgs("Processes/pgbouncer.sh", DataDirectory.PathTo(builder, name))
            .WithEnvironment("PGBOUNCER_PORT", pgbouncer.Endpoint.Property(EndpointProperty.TargetPort))
            .WithEnvironment("PGBOUNCER_USER", userName)
            .WithEnvironment("PGBOUNCER_PASSWORD", password)
            .WithEnvironment("POSTGRES_PORT", postgres.Endpoint.Property(EndpointProperty.TargetPort))
            .WithEnvironment("POSTGRES_DATABASE", postgres.DatabaseName)
            .WithDatabaseHealthCheck();
    }
}
