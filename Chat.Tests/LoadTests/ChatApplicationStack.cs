using Chat.LoadTests.Stacks;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

internal static class ChatApplicationStack
{
    /// <summary>The tests' own application as something to be put under load.</summary>
    public static async Task<Stack> StackAsync(this ChatApplication chat) => new()
    {
        Api = [AddressOf(chat, "api"), AddressOf(chat, "api2")],
        OwnerConnection = await chat.ConnectionStringAsync("postgres"),
    };

    private static Uri AddressOf(ChatApplication chat, string service)
    {
        using var client = chat.Client(service);
        return client.BaseAddress!;
    }
}
