using Chat.LoadTests.Stacks.Telemetry;

namespace Chat.LoadTests.Stacks;

/// <summary>
/// A private stack, started by the project's own <c>run.sh</c> with shipping settings, telemetry included: free ports, passwords and
/// a data directory of its own. Nothing of it outlives this process, however that ends.
/// </summary>
internal sealed class LocalStack : Stack
{
    private readonly HeldPorts _ports;
    private readonly SinkProcess _sink;
    private readonly KeptProcess _appHost;
    private readonly List<string> _services;

    private LocalStack(HeldPorts ports, SinkProcess sink, KeptProcess appHost, IReadOnlyList<string> services) =>
        (_ports, _sink, _appHost, _services) = (ports, sink, appHost, [.. services]);

    /// <summary>On the disk that the database writes to; it ends with the stack.</summary>
    public required string Directory { get; init; }

    /// <summary>Starts it, and returns when every service is healthy.</summary>
    /// <param name="replicas">Of the API and of the realtime service each.</param>
    /// <param name="build">Whether to build first what has changed since the last build; else that is what runs.</param>
    /// <param name="rateLimits">How it counts requests.</param>
    /// <param name="settings">What it is told beside, as arguments of <c>run.sh</c>.</param>
    /// <exception cref="CannotRunException">It did not become ready; nothing is left of it.</exception>
    public static async Task<LocalStack> StartAsync(
        int replicas, bool build, CancellationToken cancellationToken, RateLimits rateLimits = LoadTests.Stacks.RateLimits.Off,
        IReadOnlyList<string>? settings = null)
    {
        var ports = new HeldPorts();
        SinkProcess? sink = null;
        KeptProcess? appHost = null;
        try
        {
            sink = await SinkProcess.StartAsync(cancellationToken);
            var layout = LocalLayout.Choose(ports, replicas);
            appHost = KeptProcess.Start(
                layout.Directory, LocalLayout.Repository, EnvironmentFor(sink), readyLine: "Chat is ready",
                [LocalLayout.RunScript, .. build ? (string[])[] : ["--no-build"], .. layout.Arguments, .. rateLimits.Arguments(), .. settings ?? []]);
            await appHost.ReadyAsync(cancellationToken);
            await HealthyAsync([.. layout.Api, .. layout.Realtime], cancellationToken);
            return new LocalStack(ports, sink, appHost, layout.Services)
            {
                Directory = layout.Directory,
                Api = layout.Api,
                Realtime = layout.Realtime,
                OwnerConnection = layout.OwnerConnection,
                PooledConnection = layout.PooledConnection,
                Redis = layout.Redis,
                RateLimits = rateLimits.Describe(),
            };
        }
        catch
        {
            await EndAsync(appHost, sink, ports);
            throw;
        }
    }

    public override ProcessSnapshot Processes() =>
        ProcessSnapshot.Take([.. ChatProcesses.Find(_appHost.Id), new("sink", _sink.Id), new("generator", Environment.ProcessId)]);

    /// <summary>Waits until each service has told its metrics of after this call: about a second.</summary>
    /// <exception cref="CannotRunException">One of them tells nothing any more.</exception>
    public override async Task<TelemetrySnapshot?> TelemetryAsync(CancellationToken cancellationToken) =>
        await _sink.ReadAsync(_services, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await EndAsync(_appHost, _sink, _ports);
    }

    /// <summary>Its telemetry is not waited for any more.</summary>
    public override Task KillAsync(string name)
    {
        var victim = ChatProcesses.Find(_appHost.Id).SingleOrDefault(process => process.Name == name)
            ?? throw new CannotRunException($"The stack has no process {name}.");
        using var process = System.Diagnostics.Process.GetProcessById(victim.Id);
        process.Kill();
        _services.Remove(name);
        return Task.CompletedTask;
    }

    /// <summary>The helpers that a build leaves behind for the next one are not to outlive us either.</summary>
    private static Dictionary<string, string> EnvironmentFor(SinkProcess sink) =>
        new(sink.Environment) { ["MSBUILDDISABLENODEREUSE"] = "1" };

    private static async Task HealthyAsync(IEnumerable<Uri> services, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        foreach (var service in services)
        {
            using var answer = await client.GetAsync(new Uri(service, "/health"), cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new CannotRunException($"{service} is not healthy: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }

    private static async Task EndAsync(KeptProcess? appHost, SinkProcess? sink, HeldPorts ports)
    {
        if (appHost is not null)
        {
            await appHost.DisposeAsync();
        }

        if (sink is not null)
        {
            await sink.DisposeAsync();
        }

        ports.Dispose();
    }
}
