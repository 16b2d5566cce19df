using System.Globalization;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;
using Chat.AppHost.Containers;

namespace Chat.AppHost.Targets;

/// <summary>Docker Compose, for one machine.</summary>
internal sealed class ComposeTarget : IPublishTarget
{
    public bool HasStores => true;

    public void AddEnvironment(IDistributedApplicationBuilder builder) => builder.AddDockerComposeEnvironment("compose");

    public void ConfigureStore(IResourceBuilder<ContainerResource> store) => store.PublishAsDockerComposeService((_, service) =>
    {
        service.Restart = "unless-stopped";
        WaitUntilHealthy(store.Resource, service);

        if (store.Resource is PostgresServerResource)
        {
            // Over TCP: during its first start the image runs a server that listens on a socket file only.
            service.Healthcheck = new Healthcheck
            {
                Test = ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U postgres"],
                Interval = "2s",
                Timeout = "3s",
                Retries = 60,
                StartPeriod = "5s",
            };
        }

        if (store.Resource is PgBouncerContainer)
        {
            service.Ulimits["nofile"] = new Ulimit
            {
                Soft = PgBouncerContainerExtensions.OpenFiles,
                Hard = PgBouncerContainerExtensions.OpenFiles,
            };
        }
    });

    public void ConfigureService(IResourceBuilder<ProjectResource> service, int replicas) =>
        service.PublishAsDockerComposeService((_, compose) =>
        {
            compose.Restart = "unless-stopped";
            compose.StopGracePeriod = $"{PublishedSizes.DrainSeconds}s";
            compose.Ports = [.. compose.Ports.Select(port => Spread(port, replicas))];
            compose.Deploy = new Deploy
            {
                Replicas = replicas, // WithReplicas is ignored by Compose
                Resources = new Resources
                {
                    Reservations = Size(PublishedSizes.CpuRequest, PublishedSizes.MemoryRequestMiB),
                    Limits = Size(PublishedSizes.CpuLimit, PublishedSizes.MemoryLimitMiB),
                },
            };
            WaitUntilHealthy(service.Resource, compose);
        });

    /// <summary>
    /// The services' <c>WaitForCompletion</c> becomes <c>service_completed_successfully</c> by itself. No restart: Compose
    /// judges the first end, so the database must be there before it starts.
    /// </summary>
    public void ConfigureMigrations(IResourceBuilder<ProjectResource> migrations) =>
        migrations.PublishAsDockerComposeService((_, compose) =>
        {
            compose.Restart = "no";
            WaitUntilHealthy(migrations.Resource, compose);
        });

    /// <summary><c>WaitFor</c> becomes <c>service_started</c>, which is long before Postgres takes a connection.</summary>
    private static void WaitUntilHealthy(IResource resource, Service service)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            if (wait.Resource is PostgresServerResource postgres)
            {
                service.DependsOn[postgres.Name] = new ServiceDependency { Condition = "service_healthy" };
            }
        }
    }

    /// <summary>"8080:8080" for two replicas is "8080-8081:8080": they would fight over one port of the host.</summary>
    private static string Spread(string mapping, int replicas) =>
        mapping.Split(':') is [var host, var target] && int.TryParse(host, CultureInfo.InvariantCulture, out var first) && replicas > 1
            ? $"{first}-{first + replicas - 1}:{target}"
            : mapping;

    private static ResourceSpec Size(double cpus, int memoryMiB) => new()
    {
        Cpus = cpus.ToString(CultureInfo.InvariantCulture),
        Memory = $"{memoryMiB}M",
    };
}
