using Microsoft.Extensions.Configuration;

namespace Chat.AppHost;

/// <summary>The folder of uploaded files, one for all replicas of the services that use it.</summary>
internal static partial class SharedFiles
{
    /// <summary>
    /// Where a published service has the volume: the home of the images' own user. A new volume takes the owner of what it is mounted on, and
    /// elsewhere that is root, for whom the services do not run.
    /// </summary>
    private const string MountPath = "/home/app";

    /// <summary>The folder, and whatever else <c>Files:…</c> says: docs/files.md.</summary>
    public static IResourceBuilder<ProjectResource> WithSharedFiles(this IResourceBuilder<ProjectResource> service)
    {
        var builder = service.ApplicationBuilder;
        foreach (var (key, value) in builder.Configuration.GetSection("Files").AsEnumerable())
        {
            // A secret has no place in what is published: a deployment sets it itself.
            if (value is not null && !(builder.ExecutionContext.IsPublishMode && key.EndsWith(":SecretKey", StringComparison.OrdinalIgnoreCase)))
            {
                service.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
            }
        }

        if (builder.ExecutionContext.IsPublishMode)
        {
            Mount(service);
            return service.WithEnvironment("Files__Directory", $"{MountPath}/files");
        }

        return builder.Configuration["Files:Directory"] is { Length: > 0 } configured
            ? service.WithEnvironment("Files__Directory", Path.GetFullPath(configured))
            : service.WithEnvironment("Files__Directory", DataDirectory.PathTo(builder, "files"));
    }

    static partial void Mount(IResourceBuilder<ProjectResource> service);
}
