using Microsoft.Extensions.Configuration;

namespace Chat.AppHost;

internal static class Settings
{
    /// <summary>
    /// Hands a section of the app host's configuration on to a service, which has one of the same name: <c>./run.sh
    /// --Realtime:AllowedOrigins:0=https://chat.example</c>. What is not configured keeps the service's default.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithSettings(this IResourceBuilder<ProjectResource> service, string section)
    {
        foreach (var (key, value) in service.ApplicationBuilder.Configuration.GetSection(section).AsEnumerable())
        {
            if (value is not null)
            {
                service.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        return service;
    }
}
