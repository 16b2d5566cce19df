using System.Diagnostics;

namespace Chat.Tests.Support;

/// <summary>A file system with 20 MB of room, in memory. Mounting needs root, or sudo without a password.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static async Task<SmallDisk> MountAsync()
    {
        var path = TemporaryDirectory.Create();
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=20m,mode=0711", "tmpfs", path);
        return new SmallDisk(path);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static async Task RunAsync(params string[] command)
    {
        string[] all = Environment.UserName == "root" ? command : ["sudo", "-n", .. command];
        using var process = Process.Start(all[0], all[1..]);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
