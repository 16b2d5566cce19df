using System.CommandLine;
using Chat.LoadTests.Stacks.Telemetry;

namespace Chat.LoadTests.Commands;

/// <summary><c>sink</c>: for the processes that a local stack starts, not for people.</summary>
internal static class SinkCommand
{
    public const string Name = "sink";

    public static Command Create()
    {
        var command = new Command(Name, "Takes telemetry and counts it.") { Hidden = true };
        command.SetAction((_, cancellationToken) => TelemetrySink.RunAsync(cancellationToken));
        return command;
    }
}
