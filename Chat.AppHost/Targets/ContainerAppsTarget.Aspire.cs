using System.Globalization;

namespace Chat.AppHost.Targets;

/// <summary>
/// Azure Container Apps. Volumes there are SMB shares, on which Postgres does not run (it needs modes and links), so the
/// database, its pooler and Redis are services of Azure, and their connection strings parameters of the deployment.
/// </summary>
internal sealed class ContainerAppsTarget : IPublishTarget
{
    /// <summary>Tries of the migrations before their run counts as failed: the database may still be starting.</summary>
    private const int MigrationRetries = 10;

    public bool HasStores => false;

    public void AddEnvironment(IDistributedApplicationBuilder builder) => builder.AddAzureContainerAppEnvironment("aca");

    public void ConfigureStore(IResourceBuilder<ContainerResource> store) =>
        throw new NotSupportedException($"'{store.Resource.Name}' is a service of Azure here, not a container.");

    public void ConfigureService(IResourceBuilder<ProjectResource> service, int replicas) =>
        service.PublishAsAzureContainerApp((_, app) =>
        {
            var container = app.Template.Containers[0].Value!;
            container.Resources.Cpu = PublishedSizes.CpuLimit; // CPU and memory come in fixed pairs: 1 and 2Gi
            container.Resources.Memory = $"{(2 * PublishedSizes.CpuLimit).ToString(CultureInfo.InvariantCulture)}Gi";
            app.Template.Scale.MinReplicas = replicas;
            app.Template.Scale.MaxReplicas = replicas; // scaling by itself would cut sockets off on its way down
        });

    /// <summary>
    /// A job, started by whoever deploys: <c>az containerapp job start --name migrations …</c>. Container Apps has no
    /// order either; until the schema is current a new revision is not ready (<c>/health</c>), and the old one serves on.
    /// </summary>
    public void ConfigureMigrations(IResourceBuilder<ProjectResource> migrations) =>
        migrations.PublishAsAzureContainerAppJob((_, job) => job.Configuration.ReplicaRetryLimit = MigrationRetries);
}
