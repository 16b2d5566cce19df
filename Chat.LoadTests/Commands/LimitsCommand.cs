using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Chat.LoadTests.Limits;
using Chat.LoadTests.Scenarios;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Commands;

/// <summary><c>limits</c>: what this machine can do at most, without Chat.</summary>
internal static class LimitsCommand
{
    private static readonly Argument<string[]> Names = new("name")
    {
        Description = "Which limits to measure; all of them unless named.",
        DefaultValueFactory = _ => [.. KnownLimits.All.Select(limit => limit.Name)],
    };

    private static readonly Option<double> Seconds = new("--seconds") { Description = "How long each is measured.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Connections = new("--connections")
    {
        Description = "Clients with one request under way each; and sockets that listen to the hub.",
        DefaultValueFactory = _ => 50,
    };

    private static readonly Option<int> Conversations = new("--conversations")
    {
        Description = "Among which the database's messages are spread.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> Directory = new("--directory") { Description = "A directory on the disk of the data, where the stack is not local." };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Also write the results to this file." };

    static LimitsCommand()
    {
        Names.AcceptOnlyFromAmong([.. KnownLimits.All.Select(limit => limit.Name)]);
        Seconds.Between(0.1, 600);
        Connections.Between(1, 1000);
        Conversations.Between(1, 1_000_000);
    }

    public static Command Create()
    {
        var stack = new StackOptions();
        var command = new Command("limits", "Measures what this machine can do at most, to compare results with.")
        {
            Names, Seconds, Connections, Conversations, Directory, Json,
        };
        stack.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
            await Outcome.OfAsync(async () => await RunAsync(stack, arguments, cancellationToken)));
        return command;
    }

    /// <summary>Returns the exit code: 0, or 1 if one could not be measured.</summary>
    private static async Task<int> RunAsync(StackOptions options, ParseResult arguments, CancellationToken cancellationToken)
    {
        var names = arguments.GetValue(Names)!;
        await using var stack = names.Any(name => KnownLimits.Named(name).NeedsStack)
            ? await options.OpenAsync(arguments, cancellationToken)
            : new Stack();
        var known = LimitContexts.Of(stack);
        var context = known with
        {
            Connections = arguments.GetValue(Connections),
            Listeners = arguments.GetValue(Connections),
            Conversations = arguments.GetValue(Conversations),
            Duration = TimeSpan.FromSeconds(arguments.GetValue(Seconds)),
            Directory = arguments.GetValue(Directory) ?? known.Directory,
        };
        var results = new List<LimitResult>();
        await foreach (var result in KnownLimits.MeasureAsync(names, context, cancellationToken))
        {
            results.Add(result);
            Console.WriteLine(Line(result));
        }

        if (arguments.GetValue(Json) is { } file)
        {
            await using var stream = file.Create();
            await JsonSerializer.SerializeAsync(stream, results.Select(LimitReport.Of), LimitReportJson.Default.IEnumerableLimitReport, cancellationToken);
        }

        return results.TrueForAll(result => result is LimitResult.Measured) ? 0 : 1;
    }

    private static string Line(LimitResult result) => result switch
    {
        LimitResult.Measured m => string.Create(CultureInfo.InvariantCulture, $"{m.Name,-16} {m.PerSecond,12:#,0} {m.Unit + "/s",-12} {m.What}"),
        LimitResult.NotMeasured n => $"{n.Name,-16} not measured: {n.Why}",
        _ => throw new InvalidOperationException($"{result} is no result."),
    };
}
