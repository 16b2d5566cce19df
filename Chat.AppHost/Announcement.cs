using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chat.AppHost;

/// <summary>Tells the person at the terminal when everything is healthy, and where it is.</summary>
internal sealed class Announcement(
    ResourceNotificationService resources, IConfiguration configuration, IEnumerable<EndpointReference> endpoints) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var endpoint in endpoints)
            {
                await resources.WaitForResourceHealthyAsync(endpoint.Resource.Name, stoppingToken);
            }
        }
        catch (DistributedApplicationException)
        {
            // The resource's own log says why it is not ready.
            return;
        }

        var api = endpoints.Single(e => e.Resource.Name == "api").Url;
        var realtime = endpoints.Single(e => e.Resource.Name == "realtime").Url;
        var web = endpoints.SingleOrDefault(e => e.Resource.Name == "web")?.Url;
        Console.WriteLine($"""

            Chat is ready: {web ?? api}
              API        {api}
              OpenAPI    {api}/openapi/v1.json
              Realtime   {realtime}
              Dashboard  {configuration["Dashboard:Address"] ?? "see above, if it was asked for"}

            """);
    }
}

internal static class AnnouncementExtensions
{
    /// <summary><c>Announce=false</c> keeps it quiet.</summary>
    public static void AnnounceWhenReady(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode || !builder.Configuration.GetValue("Announce", true))
        {
            return;
        }

        var endpoints = builder.Resources.OfType<IResourceWithEndpoints>().Where(p => p is ProjectResource { Name: not "migrations" } or { Name: "web" })
            .Select(p => new EndpointReference(p, "http")).Where(e => e.Exists).ToArray();
        builder.Services.AddHostedService(services =>
            new Announcement(
                services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<IConfiguration>(), endpoints));
    }
}
