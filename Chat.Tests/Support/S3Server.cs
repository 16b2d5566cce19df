using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Support;

/// <summary>A server that speaks S3 (s3rver, from npm) on a port and a folder of its own. It takes every signature; what it cannot do, the tests of it do not show.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "chat";
    private readonly string _directory = TemporaryDirectory.Create();
    private readonly int _port = FreePort();
    private Process? _process;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>What a process that uses it is to be told.</summary>
    public IEnumerable<string> Settings =>
    [
        $"--Files:S3:Bucket={Bucket}", $"--Files:S3:Endpoint={Address}", "--Files:S3:AccessKey=S3RVER", "--Files:S3:SecretKey=S3RVER",
    ];

    public static async Task<S3Server> StartAsync()
    {
        await NodePackages.InstallAsync();
        var server = new S3Server();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>With what it had before, at the same address.</summary>
    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "node",
            [
                Path.Combine("node_modules", "s3rver", "bin", "s3rver.js"), "--directory", _directory, "--address", "127.0.0.1",
                "--port", _port.ToString(CultureInfo.InvariantCulture), "--silent", "--no-vhost-buckets", "--configure-bucket", Bucket,
            ])
        {
            WorkingDirectory = NodePackages.Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(ChatApplication.Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains("listening", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail(await _process.StandardError.ReadToEndAsync(patience.Token));
    }

    /// <summary>At once, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
