using Chat.Tests.Support;

namespace Chat.Tests.Data.FileStores;

public sealed class LocalFileStoreTests : FileStoreSpecification
{
    private readonly string _directory = TemporaryDirectory.Create();

    protected override Task<Dictionary<string, string?>> ConfigureAsync() =>
        Task.FromResult(new Dictionary<string, string?> { ["Files:Directory"] = _directory });

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

/// <summary>Against a server of its own that speaks S3.</summary>
public sealed class S3FileStoreTests(S3FileStoreTests.Server server) : FileStoreSpecification, IClassFixture<S3FileStoreTests.Server>
{
    protected override Task<Dictionary<string, string?>> ConfigureAsync() => Task.FromResult(server.Configuration());

    public sealed class Server : IAsyncLifetime
    {
        private S3Server? _server;

        public async Task InitializeAsync() => _server = await S3Server.StartAsync();

        public async Task DisposeAsync() => await _server!.DisposeAsync();

        internal Dictionary<string, string?> Configuration()
        {
            var settings = _server!.Settings.Select(setting => setting[2..].Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
            settings["Files:Directory"] = "unused";
            return settings;
        }
    }
}
