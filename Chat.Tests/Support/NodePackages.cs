using System.Diagnostics;

namespace Chat.Tests.Support;

/// <summary>The real tus-js-client, installed once, and again when its lock file has changed.</summary>
internal static class NodePackages
{
    public static readonly string Directory = Path.Combine(Repository.Root, "Chat.Tests", "EndToEnd", "node");
    private static readonly SemaphoreSlim Installing = new(1);

    public static async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            var installed = new FileInfo(Path.Combine(Directory, "node_modules", ".package-lock.json"));
            if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Directory, "package-lock.json")))
            {
                return;
            }

            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = Directory })!;
            await npm.WaitForExitAsync().WaitAsync(ChatApplication.Patience);
            Assert.Equal(0, npm.ExitCode);
        }
        finally
        {
            Installing.Release();
        }
    }
}
