using Chat.AppHost.Processes;

namespace Chat.AppHost;

/// <summary>
/// PostgreSQL, PgBouncer and Redis: containers where a container runtime answers and when publishing, else local processes.
/// The bodies of the partial methods need Aspire's container support; where that cannot be had, the compiler drops the calls.
/// </summary>
internal static partial class Stores
{
    public static IResourceBuilder<IResourceWithConnectionString> AddPostgresDatabase(
        this IDistributedApplicationBuilder builder, string name, string databaseName, IResourceBuilder<ParameterResource> password)
    {
        IResourceBuilder<IResourceWithConnectionString>? database = null;
        AddPostgresContainer(builder, name, databaseName, password, ref database);
        return database ?? builder.AddPostgresProcess(name, databaseName, password);
    }

    /// <summary>
    /// Adds the pooler through which every service reaches the database, as the application's own role; it starts
    /// <paramref name="after"/> the migrations, which make that role.
    /// </summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddPgBouncer(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<IResourceWithConnectionString> database,
        string userName, IResourceBuilder<ParameterResource> password, IResourceBuilder<ProjectResource> after)
    {
        IResourceBuilder<IResourceWithConnectionString>? pooler = null;
        AddPgBouncerContainer(builder, name, database, userName, password, after, ref pooler);
        return pooler
            ?? builder.AddPgBouncerProcess(name, (PostgresProcess)database.Resource, userName, password).WaitForCompletion(after);
    }

    public static IResourceBuilder<IResourceWithConnectionString> AddRedisServer(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password)
    {
        IResourceBuilder<IResourceWithConnectionString>? server = null;
        AddRedisContainer(builder, name, password, ref server);
        return server ?? builder.AddRedisProcess(name, password);
    }

    static partial void AddPostgresContainer(
        IDistributedApplicationBuilder builder, string name, string databaseName, IResourceBuilder<ParameterResource> password,
        ref IResourceBuilder<IResourceWithConnectionString>? database);

    static partial void AddPgBouncerContainer(
        IDistributedApplicationBuilder builder, string name, IResourceBuilder<IResourceWithConnectionString> database,
        string userName, IResourceBuilder<ParameterResource> password, IResourceBuilder<ProjectResource> after,
        ref IResourceBuilder<IResourceWithConnectionString>? pooler);

    static partial void AddRedisContainer(
        IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password,
        ref IResourceBuilder<IResourceWithConnectionString>? server);
}
