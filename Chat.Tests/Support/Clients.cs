using System.Text.Json;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Tests.Support;

/// <summary>The reference client against the tests' application, and what it must show: what a reload shows.</summary>
internal static class Clients
{
    /// <summary>Somebody's client, on all replicas unless told otherwise; returns when it has loaded.</summary>
    public static async Task<ChatClient> OpenClientAsync(this ChatApplication chat, Person person, params Uri[] nodes)
    {
        var options = new ClientOptions(
            [AddressOf(chat, "api"), AddressOf(chat, "api2")], nodes.Length > 0 ? nodes : [AddressOf(chat, "realtime"), AddressOf(chat, "realtime2")])
        {
            CallTimeout = TimeSpan.FromSeconds(4),
            ConnectTimeout = TimeSpan.FromSeconds(8),
            ServerTimeout = TimeSpan.FromSeconds(18),
            Backoff = new Backoff(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(1)),
            SendAttempts = 60,
        };
        var client = new ChatClient(options, person.SignIn);
        await client.Loaded.WaitAsync(ChatApplication.Patience);
        return client;
    }

    /// <summary>Waits until a client shows what a reload shows.</summary>
    public static async Task ShowsWhatAReloadShowsAsync(this ChatClient client, Person person, TimeSpan? within = null)
    {
        var (held, loaded) = ("", "");
        try
        {
            await Eventually.HoldsAsync("the client shows what a reload shows", within ?? ChatApplication.Patience, async () =>
            {
                held = await HeldAsync(client);
                return held.Length >= 0 && held == (loaded = await ReloadAsync(person));
            });
        }
        catch (Xunit.Sdk.TrueException)
        {
            Assert.Equal(loaded, held);
            throw;
        }
    }

    public static Uri AddressOf(ChatApplication chat, string service)
    {
        using var client = chat.Client(service);
        return client.BaseAddress!;
    }

    private static async Task<string> HeldAsync(ChatClient client)
    {
        foreach (var id in client.Read(all => all.Keys.ToArray()))
        {
            while (await client.LoadOlderAsync(id))
            {
            }
        }

        return client.Read(all => string.Join("\n\n", all.Values.OrderBy(c => c.Id).Select(Show)));
    }

    /// <summary>By nothing but pages, read now.</summary>
    private static async Task<string> ReloadAsync(Person person)
    {
        var shown = new List<string>();
        foreach (var conversation in (await person.Client.ConversationsAsync("?limit=100")).Items.OrderBy(c => c.Id))
        {
            var state = new ConversationState(conversation.Id, person.Id);
            state.Load(await person.Client.HistoryAsync(conversation.Id, "?limit=100"), await person.Client.ConversationAsync(conversation.Id));
            while (state.Oldest > 1)
            {
                state.LoadOlder(await person.Client.HistoryAsync(conversation.Id, $"?limit=100&before={state.Oldest}"));
            }

            shown.Add(Show(state));
        }

        return string.Join("\n\n", shown);
    }

    /// <summary>Everything that a user sees of a conversation, as text.</summary>
    private static string Show(ConversationState state)
    {
        var messages = state.Messages.Select(m => JsonSerializer.Serialize(m, ContractsJson.Unescaped.Message)
            + (m.DeletedAt is null && state.Mine(m.Seq) is { Count: > 0 } mine ? $" mine: {string.Join(' ', mine.Order(StringComparer.Ordinal))}" : ""));
        var members = state.Conversation is { } c ? $"{c.MembershipVersion} {c.MemberCount} {string.Join(' ', c.FirstMembers)}" : "not loaded";
        return string.Join('\n', [$"{state.Id}: {members}", .. messages, .. state.Pending.Select(pending => $"pending: {pending.Request.Text}")]);
    }
}
