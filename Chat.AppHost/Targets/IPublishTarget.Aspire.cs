namespace Chat.AppHost.Targets;

/// <summary>A kind of deployment. Aspire writes its files; a target says what the files would otherwise get wrong.</summary>
internal interface IPublishTarget
{
    /// <summary>False where containers have no disk fit for a database: connection strings are asked for instead.</summary>
    bool HasStores { get; }

    /// <summary>Called once a publishing.</summary>
    void AddEnvironment(IDistributedApplicationBuilder builder);

    void ConfigureStore(IResourceBuilder<ContainerResource> store);

    /// <summary>A service that runs <paramref name="replicas"/> times and waits for the migrations.</summary>
    void ConfigureService(IResourceBuilder<ProjectResource> service, int replicas);

    /// <summary>The project that brings the schema up to date and ends.</summary>
    void ConfigureMigrations(IResourceBuilder<ProjectResource> migrations);
}
