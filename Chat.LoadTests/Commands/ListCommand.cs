using System.CommandLine;
using Chat.LoadTests.Scenarios;

namespace Chat.LoadTests.Commands;

/// <summary><c>list</c>: the scenarios, with their loads, bars and what the earlier system did.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Say which scenarios there are.");
        command.SetAction(result =>
        {
            foreach (var scenario in ScenarioTable.All)
            {
                Write(result.InvocationConfiguration.Output, scenario);
            }
        });
        return command;
    }

    private static void Write(TextWriter output, Scenario scenario)
    {
        output.WriteLine($"{scenario.Name}  {scenario.Summary}");
        foreach (var phase in scenario.Phases.Where(phase => !phase.WarmUp))
        {
            output.WriteLine($"    {phase.Name}: {phase}");
        }

        output.WriteLine($"    bars: {string.Join("; ", scenario.Bars.Select(bar => $"{bar.Name} {bar}"))}");
        if (scenario.Limits.Count > 0)
        {
            output.WriteLine($"    beside it: {string.Join(", ", scenario.Limits)}");
        }

        if (scenario.Earlier is { } earlier)
        {
            output.WriteLine($"    the earlier system: {earlier}");
        }

        output.WriteLine();
    }
}
