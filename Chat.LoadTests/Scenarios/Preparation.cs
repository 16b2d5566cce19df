using Chat.LoadTests.Http;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Scenarios;

/// <summary>What a scenario makes its workload from.</summary>
internal sealed record Preparation(Stack Stack, Scenario Scenario, RunOptions Options, Progress Progress)
{
    public Task<TestUsers> UsersAsync(int count, CancellationToken stop)
    {
        Progress.Say($"  signing in {count:#,0} users …");
        return TestUsers.CreateAsync(Stack, count, Options.Seed, stop);
    }

    public Task<IReadOnlyList<SeededConversation>> ConversationsAsync(IEnumerable<ConversationPlan> plans, CancellationToken stop)
    {
        Progress.Say("  writing conversations …");
        var written = new Progress<long>(messages => Progress.Say($"    {messages:#,0} messages"));
        return SeedConversations.RunAsync(Stack.Owner(), plans, Options.Seed, written, stop);
    }

    /// <summary>A user's calls, to one of the replicas: the same number of users on each.</summary>
    public ApiClient Client(TestUser user, int number) => new(Stack.Api[number % Stack.Api.Count], () => user.AccessToken);

    public Random Random(int number) => new(HashCode.Combine(Options.Seed, number));
}
