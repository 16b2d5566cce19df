using System.CommandLine;
using System.Diagnostics;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Commands;

/// <summary><c>seed</c>: people, the conversations that requirements are measured with, and on demand one very long conversation.</summary>
internal static class SeedCommand
{
    private static readonly Option<int> Users = new("--users")
    {
        Description = "How many people there are to be.",
        DefaultValueFactory = _ => TestData.Users,
    };

    private static readonly Option<int> Messages = new("--messages")
    {
        Description = "How many messages one more group of a hundred is to hold: 0 for no such group.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Who says what follows from it. Ids, names of accounts and tokens are new each time.",
        DefaultValueFactory = _ => 1,
    };

    public static Command Create()
    {
        var stack = new StackOptions();
        var command = new Command("seed", "Fills a database with people, conversations and messages.") { Users, Messages, Seed };
        stack.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) => await Outcome.OfAsync(async () =>
        {
            await using var opened = await stack.OpenAsync(parsed, cancellationToken);
            await SeedAsync(opened, parsed, cancellationToken);
        }));
        return command;
    }

    private static async Task SeedAsync(Stack stack, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (count, messages, seed) = (parsed.GetValue(Users), parsed.GetValue(Messages), parsed.GetValue(Seed));
        var started = Stopwatch.GetTimestamp();
        await using var users = await TestUsers.CreateAsync(stack, Math.Max(count, TestData.Users), seed, cancellationToken);
        Say($"{users.Count:N0} people, signed in", started);

        started = Stopwatch.GetTimestamp();
        await SeedConversations.RunAsync(stack.Owner(), TestData.Of(users), seed, progress: null, cancellationToken);
        Say("The test data", started);

        if (messages > 0)
        {
            started = Stopwatch.GetTimestamp();
            var history = Shapes.OneGroup("A long history", [.. users.Take(TestData.Users)], messages);
            await SeedConversations.RunAsync(
                stack.Owner(), [history], seed,
                new Progress<long>(written => Say($"{written:N0} messages, {written / Stopwatch.GetElapsedTime(started).TotalSeconds:N0}/s", started)),
                cancellationToken);
            Say("The history, indexed and analyzed", started);
        }

        Console.WriteLine($"Their names begin with {users.Prefix}");
    }

    private static void Say(string what, long since) =>
        Console.WriteLine($"{what}: {Stopwatch.GetElapsedTime(since).TotalSeconds:N1} s");
}
