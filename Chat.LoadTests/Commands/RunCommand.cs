using System.CommandLine;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios;

namespace Chat.LoadTests.Commands;

/// <summary><c>run SCENARIO</c>: puts a load on the system and says what came of it.</summary>
internal static class RunCommand
{
    private const int NotMet = 3;

    private static readonly Argument<string> Name = new("scenario") { Description = "Which one: see list." };
    private static readonly Option<TimeSpan?> Duration = new("--duration")
    {
        Description = "How long the main phase takes, like 30s or 5m.",
        CustomParser = argument => Spans.Parse(argument.Tokens[0].Value, argument.AddError),
    };
    private static readonly Option<int?> Users = new("--users") { Description = "How many act at once." };
    private static readonly Option<int?> Sockets = new("--sockets") { Description = "How many sockets are open." };
    private static readonly Option<int?> Room = new("--room") { Description = "How many members a conversation has, where sockets are spread over many." };
    private static readonly Option<int?> Messages = new("--messages") { Description = "How many messages are there before, to be read." };
    private static readonly Option<ThinkTime?> Think = new("--think")
    {
        Description = "How long users pause, like 0.1-0.3s; 0: not at all.",
        CustomParser = argument =>
        {
            try
            {
                return ThinkTime.Parse(argument.Tokens[0].Value);
            }
            catch (FormatException e)
            {
                argument.AddError(e.Message);
                return null;
            }
        },
    };
    private static readonly Option<double?> Rate = new("--rate")
    {
        Description = "Arrivals a second, like 1000/s, of users who do not wait for each other (an open load).",
        CustomParser = argument => Spans.ParseRate(argument.Tokens[0].Value, argument.AddError),
    };
    private static readonly Option<double> Factor = new("--factor") { Description = "Multiplies users, sockets and rates.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of all that is random.", DefaultValueFactory = _ => 1 };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Write the result to this file." };

    static RunCommand()
    {
        Name.AcceptOnlyFromAmong([.. ScenarioTable.All.Select(scenario => scenario.Name)]);
        Users.Between(1, 20_000);
        Sockets.Between(0, 50_000);
        Room.Between(2, 10_000);
        Messages.Between(1, 10_000_000);
        Factor.Between(0.001, 100);
    }

    public static Command Create()
    {
        var command = new Command("run", "Run a scenario. Exit code 0: every bar is met; 3: one is not; 1: it could not be run, or not to its end.")
        {
            Name, Duration, Users, Sockets, Room, Messages, Think, Rate, Factor, Seed, Json,
        };
        var stack = new StackOptions();
        stack.AddTo(command);
        command.SetAction((parsed, stop) => Outcome.OfAsync(() => RunAsync(stack, parsed, stop)));
        return command;
    }

    private static async Task<int> RunAsync(StackOptions stackOptions, ParseResult parsed, CancellationToken stop)
    {
        var scenario = ScenarioTable.All.Single(s => s.Name == parsed.GetRequiredValue(Name));
        var options = new RunOptions
        {
            Duration = parsed.GetValue(Duration),
            Users = parsed.GetValue(Users),
            Sockets = parsed.GetValue(Sockets),
            RoomSize = parsed.GetValue(Room),
            Messages = parsed.GetValue(Messages),
            Think = parsed.GetValue(Think),
            Rate = parsed.GetValue(Rate),
            Factor = parsed.GetValue(Factor),
            Seed = parsed.GetValue(Seed),
            Stack = stackOptions.Describe(parsed, scenario.Replicas),
        };
        scenario = options.Apply(scenario);
        var progress = new Progress(Console.Error, inPlace: !Console.IsErrorRedirected);
        await using var stack = await stackOptions.OpenAsync(parsed, stop, scenario.Replicas, scenario.RateLimits, scenario.Settings);
        var result = await new ScenarioRunner(stack, options, progress).RunAsync(scenario, stop);

        Report.Write(parsed.InvocationConfiguration.Output, scenario, result);
        if (parsed.GetValue(Json) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, result.ToJson() + Environment.NewLine, CancellationToken.None);
        }

        return result.Interrupted == true ? Outcome.CouldNotRun : result.Bars.All(bar => bar.Met) ? 0 : NotMet;
    }
}
