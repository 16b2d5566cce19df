using System.CommandLine;
using Chat.LoadTests.Limits.Bare;

namespace Chat.LoadTests.Commands;

/// <summary><c>bare-server</c>: for <see cref="BareServerProcess"/>, not for people.</summary>
internal static class BareServerCommand
{
    public static Command Create()
    {
        var command = new Command(BareServerProcess.Command, "The server that limits are measured against.") { Hidden = true };
        command.SetAction((_, cancellationToken) => BareServer.RunAsync(cancellationToken));
        return command;
    }
}
