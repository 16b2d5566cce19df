using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>
/// The real Aspire dashboard, stand-alone, fed by OTLP. Addresses come from Aspire's own settings; a default port that is
/// taken gives way to a free one. Anonymous, and therefore on loopback only.
/// </summary>
internal static class LocalDashboard
{
    public const string Name = "aspire-dashboard";

    /// <summary>Configuration: the dashboard's address, for whoever tells people where things are.</summary>
    public const string AddressSetting = "Dashboard:Address";

    public static void AddTo(IDistributedApplicationBuilder builder)
    {
        var program = builder.Configuration["Dashboard:Path"] ?? DefaultPath;
        if (!File.Exists(program))
        {
            Console.Error.WriteLine($"No dashboard: {program} is missing. ./run.sh installs it; --Dashboard:Enabled=false does without.");
            return;
        }

        var dashboard = builder.AddResource(new ExecutableResource(Name, program, Path.GetDirectoryName(program)!))
            .WithArgs("dashboard")
            .WithHttpEndpoint(PortOf(builder, "ASPNETCORE_URLS", 18888), isProxied: false)
            .WithEndpoint(PortOf(builder, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", 4317), scheme: "http", name: "otlp", isProxied: false)
            .WithEndpoint(PortOf(builder, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", 4318), scheme: "http", name: "otlp-http", isProxied: false)
            .WithEnvironment("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "true")
            .WithEnvironment("Logging__LogLevel__Default", "Warning")
            .WithHttpHealthCheck("/");
        var otlp = dashboard.GetEndpoint("otlp");
        dashboard.WithEnvironment("ASPNETCORE_URLS", dashboard.GetEndpoint("http"))
            .WithEnvironment("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", otlp)
            .WithEnvironment("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", dashboard.GetEndpoint("otlp-http"));
        foreach (var project in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(project)
                .WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", otlp)
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        }
    }

    public static void TellAddress(IDistributedApplicationBuilder builder) =>
        builder.Configuration[AddressSetting] = builder.Resources.OfType<ExecutableResource>()
            .Where(r => r.Name == Name).Select(r => new EndpointReference(r, "http").Url).SingleOrDefault();

    private static string DefaultPath => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "chat", "aspire-dashboard", "aspire-managed");

    /// <summary>The configured port, else the preferred one if it is free, else null: any free one.</summary>
    private static int? PortOf(IDistributedApplicationBuilder builder, string setting, int preferred)
    {
        if (Uri.TryCreate(builder.Configuration[setting]?.Split(';')[0], UriKind.Absolute, out var url))
        {
            return url.Port;
        }

        using var listener = new TcpListener(IPAddress.Loopback, preferred);
        try
        {
            listener.Start();
            return preferred;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
