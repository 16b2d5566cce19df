using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;

namespace Chat.Tests.Support;

/// <summary>
/// The whole application, started by its own app host on free ports with a data directory of its own, two replicas of each
/// service unless told otherwise. Tests share one where they can: see <see cref="ChatCollection"/>.
/// </summary>
public class ChatApplication : IAsyncLifetime
{
    /// <summary>Long, because the machines that run tests are shared; nothing is measured by it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public const string OperatorKey = "an-operator-key-for-tests";
    private const string Password = "apasswordfortests";
    private readonly string _directory = TemporaryDirectory.Create();
    private IDistributedApplicationTestingBuilder? _builder;
    private DistributedApplication? _app;

    public static string[] Workers { get; } = ["worker", "worker2"];

    public static IReadOnlyList<string> Services { get; } = ["api", "api2", "realtime", "realtime2", "worker", "worker2"];

    /// <summary>Arguments for the app host, after the ones that all tests have.</summary>
    protected virtual IReadOnlyList<string> Settings => ["--Dashboard:Enabled=false"];

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The application has not been started.");

    public string DataDirectory => Path.Combine(_directory, "data");

    public virtual async Task InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        string[] defaults =
        [
            $"--DataDirectory={DataDirectory}", "--Announce=false", "--Containers=false",
            "--Ports:api=0", "--Ports:realtime=0", "--Files:UploadsPerMinute=2000",
            "--Realtime:HeadsEvery=00:00:01", "--Realtime:PresenceGrace=00:00:01", "--Realtime:DrainFor=00:00:02",
            "--Replicas:api=2", "--Replicas:realtime=2", "--Replicas:worker=2",
            // Counted like everybody, and never refused: all tests come from one address. What is refused is tested by an application of its own.
            "--RateLimits:Factor=10000",
            $"--Parameters:operator-key={OperatorKey}", $"--Parameters:postgres-password={Password}",
        ];
        _builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Chat_AppHost>(
            [.. defaults, .. Settings], timeout.Token);
        _app = await _builder.BuildAsync(timeout.Token);
        await _app.StartAsync(timeout.Token);
        foreach (var service in Services)
        {
            await _app.ResourceNotifications.WaitForResourceHealthyAsync(service, timeout.Token);
        }
    }

    public virtual async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_builder is not null)
        {
            await _builder.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A client of one of the services. It gives up after 30 s.</summary>
    public HttpClient Client(string service = "api")
    {
        var client = App.CreateHttpClient(service, "http");
        client.Timeout = TimeSpan.FromSeconds(30);
        return client;
    }

    /// <summary>A client that knows the operator key.</summary>
    public HttpClient Operator(string service = "api")
    {
        var client = Client(service);
        client.DefaultRequestHeaders.Add("X-Operator-Key", OperatorKey);
        return client;
    }

    /// <summary>The connection string of "postgres" (direct, as the owner) or "pgbouncer" (pooled, as the application).</summary>
    public async Task<string> ConnectionStringAsync(string resource) =>
        await App.GetConnectionStringAsync(resource) ?? throw new InvalidOperationException($"{resource} has no connection string.");

    /// <summary>A database connection pool, direct and as the owner: sees and may do everything.</summary>
    public async Task<NpgsqlDataSource> OwnerAsync() => NpgsqlDataSource.Create(await ConnectionStringAsync("postgres"));

    /// <summary>What opens the keys that access tokens are made with.</summary>
    public Task<string> KeyRingSecretAsync() => File.ReadAllTextAsync(Path.Combine(DataDirectory, "data-protection-secret"));

    /// <summary>The state that a resource is in now.</summary>
    public CustomResourceSnapshot State(string resource) => App.ResourceNotifications.TryGetCurrentState(resource, out var now)
        ? now.Snapshot
        : throw new InvalidOperationException($"Nothing is known of {resource}.");
}

/// <summary>Tests that share one application and leave it as whole as they found it.</summary>
[CollectionDefinition(Name)]
public sealed class ChatCollection : ICollectionFixture<ChatApplication>
{
    public const string Name = "chat";
}
