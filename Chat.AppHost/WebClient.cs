using Microsoft.Extensions.Configuration;

namespace Chat.AppHost;

/// <summary>
/// What pages and hub must know of each other: the API tells pages where the hub is, the hub takes pages of these origins only. When published both
/// are reached at one origin, behind a proxy, or <c>Web:Realtime</c> and <c>Realtime:AllowedOrigins</c> say otherwise.
/// </summary>
internal static class WebClient
{
    /// <summary>
    /// The API serves the web client that was built. With <c>Web:HotReload=true</c> Vite's development server serves it from its sources as well, on
    /// a port of its own.
    /// </summary>
    public static void AddWebClient(this IDistributedApplicationBuilder builder, string name)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        var (apis, hubs) = (builder.ReplicasOf("api"), builder.ReplicasOf("realtime"));
        List<EndpointReference> pages = [.. apis.Select(api => api.GetEndpoint("http"))];
        if (builder.Configuration.GetValue("Web:HotReload", false))
        {
            pages.Add(builder.AddDevelopmentServer(name, apis[0]).GetEndpoint("http"));
        }

        foreach (var api in apis.Where(_ => !builder.Configuration.GetSection("Web:Realtime").Exists()))
        {
            api.WithList("Web__Realtime", 0, hubs.Select(hub => ReferenceExpression.Create($"{hub.GetEndpoint("http")}")));
        }

        // A person may type either.
        var origins = pages.SelectMany(page => (ReferenceExpression[])
            [ReferenceExpression.Create($"{page}"), ReferenceExpression.Create($"http://127.0.0.1:{page.Property(EndpointProperty.Port)}")]).ToArray();
        var configured = builder.Configuration.GetSection("Realtime:AllowedOrigins").GetChildren().Count();
        foreach (var hub in hubs)
        {
            hub.WithList("Realtime__AllowedOrigins", configured, origins);
        }
    }

    private static IResourceBuilder<ExecutableResource> AddDevelopmentServer(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ProjectResource> api)
    {
        // Node itself, not npm, which would stand between whoever stops it and the server.
        var server = new ExecutableResource(name, "node", Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", "Chat.Web")));
        return builder.AddResource(server)
            .WithArgs("node_modules/vite/bin/vite.js")
            .WithHttpEndpoint(builder.Port(name), env: "PORT", isProxied: false)
            .WithEnvironment("CHAT_API", api.GetEndpoint("http"))
            .WithHttpHealthCheck("/")
            .WaitFor(api);
    }

    private static void WithList(
        this IResourceBuilder<ProjectResource> service, string name, int first, IEnumerable<ReferenceExpression> values)
    {
        foreach (var (index, value) in values.Index())
        {
            service.WithEnvironment($"{name}__{first + index}", value);
        }
    }
}
