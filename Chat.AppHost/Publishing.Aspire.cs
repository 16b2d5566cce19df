using System.Runtime.CompilerServices;
using Chat.AppHost.Targets;

namespace Chat.AppHost;

/// <summary>
/// <c>aspire publish -- --Publish:Target=compose</c> (or <c>kubernetes</c>, <c>aca</c>). One at a time: with several
/// environments in the model every resource would have to name its own.
/// </summary>
internal static partial class Publishing
{
    private static readonly ConditionalWeakTable<IDistributedApplicationBuilder, IPublishTarget> Chosen = [];

    /// <summary>The target of this publishing; null when the application is run.</summary>
    internal static IPublishTarget? TargetOf(IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsPublishMode ? Chosen.GetValue(builder, Choose) : null;

    static partial void AddTargets(IDistributedApplicationBuilder builder) => TargetOf(builder)?.AddEnvironment(builder);

    static partial void ConfigureService(IResourceBuilder<ProjectResource> service, int replicas)
    {
        if (TargetOf(service.ApplicationBuilder) is not { } target)
        {
            return; // in run mode each replica is a resource of its own: a proxyless endpoint refuses replicas
        }

        service.WithReplicas(replicas);
        AddProbes(service);
        target.ConfigureService(service, replicas);
    }

    static partial void RunBeforeServices(IResourceBuilder<ProjectResource> migrations) =>
        TargetOf(migrations.ApplicationBuilder)?.ConfigureMigrations(migrations);

    /// <summary>
    /// The annotation itself, not <c>WithHttpProbe</c>: that adds a health check as well, and throws where there already is one
    /// on the same path.
    /// </summary>
    private static void AddProbes(IResourceBuilder<ProjectResource> service)
    {
#pragma warning disable ASPIREPROBES001 // Experimental, and the only thing that yields probes in a chart or a container app.
        Add(ProbeType.Liveness, "/alive", failures: 6);
        Add(ProbeType.Readiness, "/health", failures: 2);

        void Add(ProbeType type, string path, int failures) => service.WithAnnotation(new EndpointProbeAnnotation
        {
            Type = type,
            EndpointReference = service.GetEndpoint("http"),
            Path = path,
            InitialDelaySeconds = 3,
            PeriodSeconds = 5,
            TimeoutSeconds = 3,
            FailureThreshold = failures,
            SuccessThreshold = 1,
        });
#pragma warning restore ASPIREPROBES001
    }

    private static IPublishTarget Choose(IDistributedApplicationBuilder builder) => builder.Configuration["Publish:Target"] switch
    {
        null or "" or "compose" => new ComposeTarget(),
        "kubernetes" => new KubernetesTarget(),
        "aca" => new ContainerAppsTarget(),
        var other => throw new DistributedApplicationException(
            $"Publish:Target is '{other}'; it can be compose, kubernetes or aca."),
    };
}
