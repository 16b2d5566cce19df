using System.Diagnostics;
using Chat.LoadTests.Limits.Programs;

namespace Chat.LoadTests.Limits.Bare;

/// <summary>The bare server in a process of its own, with the garbage collector that services have.</summary>
internal static class BareServerProcess
{
    /// <summary>The hidden command of this program that is the server.</summary>
    public const string Command = "bare-server";

    /// <exception cref="ServerStartException">It could not be started.</exception>
    public static Task<TemporaryServer> StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(BareServerProcess).Assembly.Location, Command]);
        start.Environment["DOTNET_gcServer"] = "1";
        return TemporaryServer.StartAsync(start, line => line.StartsWith(BareServer.Ready, StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>Where it listens.</summary>
    public static Uri Address(this TemporaryServer server) => new(server.ReadyLine[BareServer.Ready.Length..]);
}
