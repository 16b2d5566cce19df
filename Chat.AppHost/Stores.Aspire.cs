using Chat.AppHost.Containers;

namespace Chat.AppHost;

/// <summary>The stores as containers, or as connection strings that whoever deploys brings along.</summary>
internal static partial class Stores
{
    static partial void AddPostgresContainer(
        IDistributedApplicationBuilder builder, string name, string databaseName, IResourceBuilder<ParameterResource> password,
        ref IResourceBuilder<IResourceWithConnectionString>? database)
    {
        if (UseContainers(builder))
        {
            database = Managed(builder, name) ?? builder.AddPostgresContainer(name, databaseName, password);
        }
    }

    static partial void AddPgBouncerContainer(
        IDistributedApplicationBuilder builder, string name, IResourceBuilder<IResourceWithConnectionString> database,
        string userName, IResourceBuilder<ParameterResource> password, IResourceBuilder<ProjectResource> after,
        ref IResourceBuilder<IResourceWithConnectionString>? pooler)
    {
        if (UseContainers(builder))
        {
            pooler = Managed(builder, name) ?? builder.AddPgBouncerContainer(
                new PgBouncerContainer(name, (PostgresDatabaseResource)database.Resource, userName, password.Resource), after);
        }
    }

    static partial void AddRedisContainer(
        IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password,
        ref IResourceBuilder<IResourceWithConnectionString>? server)
    {
        if (UseContainers(builder))
        {
            server = Managed(builder, name) ?? builder.AddRedisContainer(name, password);
        }
    }

    /// <summary>Publishing always describes containers; running needs a runtime for them.</summary>
    private static bool UseContainers(IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsPublishMode || ContainerRuntime.IsAvailable(builder.Configuration);

    /// <summary>A target without disks on which Postgres could run has a connection string, asked for at deployment, instead.</summary>
    private static IResourceBuilder<IResourceWithConnectionString>? Managed(IDistributedApplicationBuilder builder, string name) =>
        Publishing.TargetOf(builder) is { HasStores: false } ? builder.AddConnectionString(name) : null;
}
