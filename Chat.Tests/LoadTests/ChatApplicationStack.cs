using Aspire.Hosting.ApplicationModel;
using Chat.LoadTests.Stacks;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

/// <summary>The tests' own application as something to be put under load. What a scenario kills in it is started again in the end.</summary>
internal sealed class ChatApplicationStack(ChatApplication chat) : Stack
{
    private readonly List<string> _killed = [];

    public override Task KillAsync(string name)
    {
        Signals.Kill(chat, name);
        _killed.Add(name);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using var patience = new CancellationTokenSource(ChatApplication.Patience);
        foreach (var name in _killed)
        {
            await chat.App.ResourceNotifications.WaitForResourceAsync(name, KnownResourceStates.TerminalStates, patience.Token);
            Assert.True((await chat.App.ResourceCommands.ExecuteCommandAsync(name, "start", patience.Token)).Success);
            await chat.App.ResourceNotifications.WaitForResourceHealthyAsync(name, patience.Token);
        }
    }
}

internal static class StackOfChatApplication
{
    public static async Task<Stack> StackAsync(this ChatApplication chat) => new ChatApplicationStack(chat)
    {
        Api = [AddressOf(chat, "api"), AddressOf(chat, "api2")],
        Realtime = [AddressOf(chat, "realtime"), AddressOf(chat, "realtime2")],
        OwnerConnection = await chat.ConnectionStringAsync("postgres"),
    };

    private static Uri AddressOf(ChatApplication chat, string service)
    {
        using var client = chat.Client(service);
        return client.BaseAddress!;
    }
}
