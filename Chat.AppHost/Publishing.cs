namespace Chat.AppHost;

/// <summary>
/// What deployment adds. The bodies of the partial methods need Aspire's publishing packages; where those cannot be had
/// nothing can be published, and the compiler drops the calls.
/// </summary>
internal static partial class Publishing
{
    /// <summary>The port that the services listen on inside their containers.</summary>
    public const int ServicePort = 8080;

    public static void AddPublishingTargets(this IDistributedApplicationBuilder builder) => AddTargets(builder);

    public static void Configure(IResourceBuilder<ProjectResource> service, int replicas) => ConfigureService(service, replicas);

    public static void ConfigureMigrations(IResourceBuilder<ProjectResource> migrations) => RunBeforeServices(migrations);

    static partial void AddTargets(IDistributedApplicationBuilder builder);

    static partial void ConfigureService(IResourceBuilder<ProjectResource> service, int replicas);

    static partial void RunBeforeServices(IResourceBuilder<ProjectResource> migrations);
}
