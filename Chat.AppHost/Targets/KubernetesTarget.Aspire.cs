using System.Globalization;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace Chat.AppHost.Targets;

/// <summary>A Helm chart. Its services have no order: what must come first runs in their pods, as an init container.</summary>
internal sealed class KubernetesTarget : IPublishTarget
{
    private readonly HelmValues _values = new();
    private readonly Dictionary<IResource, ContainerV1> _migrations = [];
    private readonly HashSet<string> _claims = [];

    public bool HasStores => true;

    public void AddEnvironment(IDistributedApplicationBuilder builder) =>
        builder.AddKubernetesEnvironment("kubernetes").WithHelm(helm => helm.WithChartName("chat"));

    public void ConfigureStore(IResourceBuilder<ContainerResource> store) => store.PublishAsKubernetesService(kubernetes =>
    {
        _values.Share(kubernetes);
        var container = ContainerOf(kubernetes);
        container.ReadinessProbe = store.Resource is PostgresServerResource ? PostgresIsReady() : PortIsOpen(container);
        if (kubernetes.Workload is StatefulSet set)
        {
            set.Spec.ServiceName = kubernetes.Service!.Metadata.Name; // the publisher leaves it out; its schema requires it
        }

        if (store.Resource is PostgresServerResource)
        {
            HelmVolumes.Persist(kubernetes, PublishedSizes.DatabaseGiB);
        }
    });

    public void ConfigureService(IResourceBuilder<ProjectResource> service, int replicas) =>
        service.PublishAsKubernetesService(kubernetes =>
        {
            _values.Share(kubernetes);
            var pod = PodOf(kubernetes);
            pod.TerminationGracePeriodSeconds = PublishedSizes.DrainSeconds;
            pod.InitContainers.AddRange(MigrationsOf(service.Resource));
            HelmVolumes.Share(kubernetes, PublishedSizes.FilesGiB, _claims);
            if (kubernetes.Workload is Deployment deployment)
            {
                deployment.Spec.Strategy.RollingUpdate.MaxUnavailable = 0; // a rolling update takes nobody away first
            }

            var container = ContainerOf(kubernetes);
            container.Resources = new ResourceRequirementsV1();
            SetSize(container.Resources.Requests, PublishedSizes.CpuRequest, PublishedSizes.MemoryRequestMiB);
            SetSize(container.Resources.Limits, PublishedSizes.CpuLimit, PublishedSizes.MemoryLimitMiB);
            foreach (var probe in new[] { container.LivenessProbe, container.ReadinessProbe })
            {
                if (probe?.HttpGet is { } get)
                {
                    get.Scheme = get.Scheme.ToUpperInvariant(); // comes out as "http", which the API server refuses
                }
            }
        });

    /// <summary>
    /// Not a workload of its own: a Deployment would start it again for ever, and a hook before installation would wait
    /// for a database that the same chart brings. In the pods it is retried until the database is there, and is over
    /// before the service starts. It may run in several pods at once, so it must hold a lock and be idempotent.
    /// </summary>
    public void ConfigureMigrations(IResourceBuilder<ProjectResource> migrations) =>
        migrations.PublishAsKubernetesService(kubernetes =>
        {
            _values.Share(kubernetes);
            _migrations[migrations.Resource] = ContainerOf(kubernetes);
            kubernetes.Workload = null; // its settings and secrets stay, for the init containers
            kubernetes.Service = null;
        });

    // The publisher goes through the resources in the order of the app host, so the migrations have to come before.
    private IEnumerable<ContainerV1> MigrationsOf(IResource service) => service.Annotations.OfType<WaitAnnotation>()
        .Where(wait => wait.WaitType is WaitType.WaitForCompletion)
        .Select(wait => _migrations.TryGetValue(wait.Resource, out var container) ? container
            : throw new DistributedApplicationException($"Add '{wait.Resource.Name}' before '{service.Name}', which waits for it."));

    private static PodSpecV1 PodOf(KubernetesResource kubernetes) => kubernetes.Workload!.PodTemplate.Spec;

    private static ContainerV1 ContainerOf(KubernetesResource kubernetes) => PodOf(kubernetes).Containers[0];

    private static ProbeV1 PostgresIsReady() => new()
    {
        Exec = new ExecActionV1 { Command = { "pg_isready", "-h", "127.0.0.1", "-U", "postgres" } },
        PeriodSeconds = 5,
    };

    private static ProbeV1 PortIsOpen(ContainerV1 container) => new()
    {
        TcpSocket = new TcpSocketActionV1 { Port = (int)container.Ports[0].ContainerPort! },
        PeriodSeconds = 5,
    };

    private static void SetSize(Dictionary<string, string> size, double cpus, int memoryMiB)
    {
        size["cpu"] = $"{(cpus * 1000).ToString(CultureInfo.InvariantCulture)}m";
        size["memory"] = $"{memoryMiB}Mi";
    }
}
