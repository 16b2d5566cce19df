using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>A resource's command, with every argument and variable resolved.</summary>
internal sealed record Launch(
    IResource Resource, string Command, IReadOnlyList<string> Arguments, string Directory, IReadOnlyDictionary<string, string?> Environment)
{
    public static async Task<Launch> ResolveAsync(IResource resource, CancellationToken cancellationToken)
    {
        var arguments = new List<string>();
        foreach (var argument in resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(a => a.Arguments))
        {
            arguments.Add(await TextAsync(argument, cancellationToken) ?? "");
        }

        var environment = await EnvironmentAsync(resource, cancellationToken);
        if (resource is ExecutableResource executable)
        {
            return new(resource, executable.Command, arguments, executable.WorkingDirectory, environment);
        }

        var project = resource.Annotations.OfType<ProjectAnnotation>().Single().Project;
        return new(resource, "dotnet", [AssemblyOf(project), .. arguments], Path.GetDirectoryName(project.ProjectPath)!, environment);
    }

    /// <exception cref="DistributedApplicationException">Another program listens on a port that this resource needs.</exception>
    public void RequireFreePorts()
    {
        foreach (var endpoint in Resource.Annotations.OfType<EndpointAnnotation>())
        {
            using var listener = new TcpListener(IPAddress.Loopback, endpoint.TargetPort ?? 0);
            try
            {
                listener.Start();
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new DistributedApplicationException(
                    $"Port {endpoint.TargetPort}, which {Resource.Name} needs, is in use by another program. "
                    + $"Stop that program, or choose another port with --Ports:{Resource.Name}=<port>.");
            }
        }
    }

    private static async Task<Dictionary<string, string?>> EnvironmentAsync(IResource resource, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, object>();
        if (resource is ProjectResource)
        {
            // As Aspire names them; the app host's own addresses must not be inherited.
            variables["OTEL_SERVICE_NAME"] = resource.Name;
            variables["ASPNETCORE_URLS"] = string.Join(
                ';', resource.Annotations.OfType<EndpointAnnotation>().Select(e => $"{e.UriScheme}://localhost:{e.TargetPort}"));
        }

        foreach (var annotation in resource.Annotations.OfType<EnvironmentAnnotation>())
        {
            annotation.Callback(variables);
        }

        var environment = new Dictionary<string, string?>();
        foreach (var (name, value) in variables)
        {
            environment[name] = await TextAsync(value, cancellationToken);
        }

        return environment;
    }

    private static ValueTask<string?> TextAsync(object value, CancellationToken cancellationToken) => value is IValueProvider provider
        ? provider.GetValueAsync(cancellationToken)
        : new(Convert.ToString(value, CultureInfo.InvariantCulture));

    /// <summary>The project's build output of the same configuration and framework as the app host's own.</summary>
    private static string AssemblyOf(IProjectMetadata project)
    {
        var framework = new DirectoryInfo(Path.GetDirectoryName(project.GetType().Assembly.Location)!);
        var name = Path.GetFileNameWithoutExtension(project.ProjectPath) + ".dll";
        var path = Path.Combine(
            Path.GetDirectoryName(project.ProjectPath)!, "bin", framework.Parent!.Name, framework.Name, name);
        return File.Exists(path) ? path : throw new DistributedApplicationException($"{path} is missing: build the solution first.");
    }
}
