using Microsoft.Extensions.Configuration;

namespace Chat.AppHost;

/// <summary>Our own projects, each as many times as <c>Replicas:{name}</c> says.</summary>
internal static class Services
{
    private const int MaxReplicas = 16;

    /// <summary>
    /// Adds a service. In run mode each replica is a resource of its own (api, api2, …), reached without a proxy: a proxy
    /// takes two file handles a socket, which 10,000 sockets cannot spare, and Aspire refuses replicas of a proxyless
    /// endpoint. Only the first replica takes the port that <c>Ports:{name}</c> names.
    /// </summary>
    /// <param name="publishedPort">Where a published service is reached from outside, unless <c>Ports:{name}</c> says otherwise.</param>
    public static void AddService<TProject>(
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
            Publishing.Configure(service, replicas);
            return;
        }

        for (var replica = 1; replica <= replicas; replica++)
        {
            var service = builder.AddProject<TProject>(
                    replica == 1 ? name : $"{name}{replica}", options => options.ExcludeLaunchProfile = true)
                .WithHttpEndpoint(replica == 1 ? builder.Port(name) : null, isProxied: false)
                .WithHttpHealthCheck("/health");
            configure(service);
        }
    }

    /// <summary>Adds the run of <c>migrate</c> that must have succeeded before any service starts.</summary>
    public static IResourceBuilder<ProjectResource> AddMigrations<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var migrations = builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = true).WithArgs("migrate");
        Publishing.ConfigureMigrations(migrations);
        return migrations;
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
