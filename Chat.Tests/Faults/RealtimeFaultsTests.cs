using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Aspire.Hosting.ApplicationModel;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>What clients hear while Redis is away or a realtime node is asked to stop, and that they are whole afterwards.</summary>
public sealed partial class RealtimeFaultsTests(ChatApplication chat) : IClassFixture<ChatApplication>
{
    private const int Clients = 20;

    [Theory]
    [InlineData("STOP")]
    [InlineData("KILL")]
    public async Task While_Redis_is_away_sends_go_on_clients_are_told_and_hear_the_heads_and_afterwards_pushes_again(string signal)
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var group = await ada.CreateGroupAsync(bob);
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", bob.SignIn.AccessToken);

        Signals.Send(signal, chat, "redis");
        await listener.IsToldAsync("degraded", word => word.GetProperty("pollEvery").GetInt32() > 0);
        var started = Stopwatch.GetTimestamp();
        var sent = await ada.Client.SendAsync(group.Id);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await listener.IsToldAsync("heads", told => told.GetProperty("heads").TryGetProperty($"{group.Id}", out var rev) && rev.GetInt64() == sent.Rev);
        await using var latecomer = await Listener.ConnectAsync(chat, "realtime", bob.SignIn.AccessToken);
        await latecomer.IsToldAsync("degraded");

        await ComeBackAsync(signal);
        await listener.IsToldAsync("recovered");
        await latecomer.IsToldAsync("recovered");
        await Eventually.HoldsAsync("pushes come again", ChatApplication.Patience, async () =>
        {
            var last = await ada.Client.SendAsync(group.Id);
            return listener.Revs(group.Id).Concat(latecomer.Revs(group.Id)).Any(rev => rev > sent.Rev && rev <= last.Rev);
        });
    }

    [Fact]
    public async Task A_node_that_is_asked_to_stop_sends_its_clients_to_the_others_one_by_one_and_nobody_misses_anything()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var group = await ada.CreateGroupAsync(bob);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients / 2).SelectMany(_ => (Person[])[ada, bob])
            .Select(person => Listener.ConnectAsync(chat, "realtime", person.SignIn.AccessToken)));

        Signals.Send("TERM", chat, "realtime");
        var told = await Task.WhenAll(clients.Select(client => client.Closing));
        await RefusesAsync(ada.SignIn.AccessToken);
        var between = await ada.Client.SendAsync(group.Id);
        await Task.WhenAll(clients.Select(client => client.Closed));
        await using var back = await Listener.ConnectAsync(chat, "realtime2", bob.SignIn.AccessToken);

        Assert.All(told, word => Assert.Equal(("draining", true), (word.GetProperty("code").GetString(), word.GetProperty("reconnect").GetBoolean())));
        Assert.InRange(told.Select(word => word.GetProperty("after").GetInt32()).Distinct().Count(), Clients / 2, Clients);
        var heads = back.Said("ready").Single().GetProperty("heads");
        Assert.Equal(between.Rev, heads.GetProperty($"{group.Id}").GetInt64());

        await EndedAsync("realtime");
        await StartAsync("realtime");
        await using var again = await Listener.ConnectAsync(chat, "realtime", bob.SignIn.AccessToken);
        var last = await ada.Client.SendAsync(group.Id);
        await again.HearsAsync(group.Id, last.Rev);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    /// <summary>The health check and connects, from the signal until the process has ended.</summary>
    private async Task RefusesAsync(string token)
    {
        using var client = chat.Client("realtime");
        using var health = await client.GetAsync("/health");
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Listener.HubUri(chat, "realtime", token), default));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, socket.HttpStatusCode);
        Assert.True(int.Parse(socket.HttpResponseHeaders!["Retry-After"].Single(), System.Globalization.CultureInfo.InvariantCulture) > 0);
    }

    private async Task ComeBackAsync(string signal)
    {
        if (signal == "STOP")
        {
            Signals.Send("CONT", chat, "redis");
            return;
        }

        await EndedAsync("redis");
        await StartAsync("redis");
    }

    private async Task EndedAsync(string resource)
    {
        using var timeout = new CancellationTokenSource(ChatApplication.Patience);
        await chat.App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, timeout.Token);
    }

    private async Task StartAsync(string resource)
    {
        var started = await chat.App.ResourceCommands.ExecuteCommandAsync(resource, "start");
        Assert.True(started.Success, started.Message);
        using var timeout = new CancellationTokenSource(ChatApplication.Patience);
        await chat.App.ResourceNotifications.WaitForResourceHealthyAsync(resource, timeout.Token);
    }
}
