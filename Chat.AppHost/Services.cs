using Microsoft.Extensions.Configuration;

namespace Chat.AppHost;

/// <summary>Our own projects, each as many times as <c>Replicas:{name}</c> says.</summary>
internal static class Services
{
    private const int MaxReplicas = 16;

    private static readonly string[] Sections = ["RateLimits", "Requests", "Connections"];

    /// <summary>
    /// Adds a service. In run mode each replica is a resource of its own (api, api2, …), reached without a proxy: a proxy
    /// takes two file handles a socket, which 10,000 sockets cannot spare, and Aspire refuses replicas of a proxyless
    /// endpoint. Each takes the port that <c>Ports:</c> and its own name say, or a free one.
    /// </summary>
    /// <param name="publishedPort">Where a published service is reached from outside, unless <c>Ports:{name}</c> says otherwise.</param>
    /// <returns>The first replica.</returns>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<IResourceBuilder<ProjectResource>> configure,
        int? publishedPort = null)
        where TProject : IProjectMetadata, new()
    {
        var replicas = builder.Replicas(name);
        if (builder.ExecutionContext.IsPublishMode)
        {
            var service = builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = true)
                .WithHttpEndpoint(builder.Port(name) ?? publishedPort, targetPort: Publishing.ServicePort);
            configure(service);
            service.WithSettings(builder);
            Publishing.Configure(service, replicas);
            return service;
        }

        var first = builder.AddReplica<TProject>(name, configure);
        for (var replica = 2; replica <= replicas; replica++)
        {
            builder.AddReplica<TProject>($"{name}{replica}", configure);
        }

        return first;
    }

    /// <summary>Adds the run of <c>migrate</c> that must have succeeded before any service starts.</summary>
    public static IResourceBuilder<ProjectResource> AddMigrations<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var migrations = builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = true).WithArgs("migrate");
        Publishing.ConfigureMigrations(migrations);
        return migrations;
    }

    /// <summary>With <c>Demo=true</c>, fills the application with a few people and conversations, once it runs.</summary>
    public static void AddDemo<TProject>(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ProjectResource> api)
        where TProject : IProjectMetadata, new()
    {
        if (builder.ExecutionContext.IsRunMode && builder.Configuration.GetValue("Demo", false))
        {
            builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = true).WithArgs("demo")
                .WithEnvironment("Demo__Api", api.GetEndpoint("http"))
                .WithEnvironment("Demo__Password", builder.AddPassword("demo-password"))
                .WaitFor(api);
        }
    }

    /// <summary>All replicas of a service that was added, in run mode.</summary>
    public static IReadOnlyList<IResourceBuilder<ProjectResource>> ReplicasOf(this IDistributedApplicationBuilder builder, string name) =>
        [.. builder.Resources.OfType<ProjectResource>().Where(project => project.Name.TrimEnd([.. "0123456789"]) == name)
            .Select(project => builder.CreateResourceBuilder(project))];

    private static IResourceBuilder<ProjectResource> AddReplica<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<IResourceBuilder<ProjectResource>> configure)
        where TProject : IProjectMetadata, new()
    {
        var replica = builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = true)
            .WithHttpEndpoint(builder.Port(name), isProxied: false)
            .WithHttpHealthCheck("/health");
        configure(replica);
        return replica.WithSettings(builder);
    }

    /// <summary>Hands on what stands in these sections of the app host's configuration: <c>--RateLimits:Enabled=false</c>.</summary>
    private static IResourceBuilder<ProjectResource> WithSettings(this IResourceBuilder<ProjectResource> service, IDistributedApplicationBuilder builder)
    {
        foreach (var (key, value) in Sections.SelectMany(section => builder.Configuration.GetSection(section).AsEnumerable()))
        {
            if (value is not null)
            {
                service.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return service;
    }

    /// <summary>The port that configuration names for a resource; null, where it names none or 0, means any free one.</summary>
    public static int? Port(this IDistributedApplicationBuilder builder, string resource) =>
        builder.Configuration.GetValue<int?>($"Ports:{resource}") is > 0 and var port ? port : null;

    /// <summary>One to run, so that a debugger stops in one place; two to publish, so that one may fail.</summary>
    private static int Replicas(this IDistributedApplicationBuilder builder, string service)
    {
        var replicas = builder.Configuration.GetValue($"Replicas:{service}", builder.ExecutionContext.IsPublishMode ? 2 : 1);
        return replicas is >= 1 and <= MaxReplicas
            ? replicas
            : throw new DistributedApplicationException($"Replicas:{service} must be from 1 to {MaxReplicas}, not {replicas}.");
    }
}
