using Chat.LoadTests.Limits;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Scenarios;

/// <summary>The limits' load is the scenario's, and their stores are those of what is under load.</summary>
internal static class LimitContexts
{
    public static LimitContext Of(Stack stack, Scenario scenario) => Of(stack) with
    {
        Connections = Math.Min(scenario.Users, 500),
        Conversations = scenario.Conversations,
        Listeners = Math.Clamp(scenario.Sockets, 1, 1000),
    };

    public static LimitContext Of(Stack stack) => new()
    {
        Owner = Known(() => stack.OwnerConnection),
        Pooled = Known(() => stack.PooledConnection),
        Directory = (stack as LocalStack)?.Directory,
    };

    private static string? Known(Func<string?> part)
    {
        try
        {
            return part();
        }
        catch (CannotRunException)
        {
            return null;
        }
    }
}
