using System.Net;
using System.Net.WebSockets;
using Chat.Tests.Support;

namespace Chat.Tests.Realtime;

/// <summary>A session that ends at one replica of the API ends everywhere.</summary>
[Collection(ChatCollection.Name)]
public sealed class SignOutTests(ChatApplication chat)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_sign_out_reaches_the_other_replica_and_both_realtime_nodes()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        await using var here = await Listener.ConnectAsync(chat, "realtime", ada.SignIn.AccessToken);
        await using var there = await Listener.ConnectAsync(chat, "realtime2", ada.SignIn.AccessToken);
        Assert.Equal(HttpStatusCode.OK, await ada.ReachAsync(chat: chat, service: "api2"));

        using var answer = await ada.Client.PostAsync("/api/auth/logout", null);

        Assert.Equal("signedOut", (await here.Closing).GetProperty("code").GetString());
        Assert.Equal("signedOut", (await there.Closing).GetProperty("code").GetString());
        await Eventually.HoldsAsync("the other replica refuses the token", Soon, async () =>
            await ada.ReachAsync(chat: chat, service: "api2") == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync("realtime", ada.SignIn.AccessToken));
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync("realtime2", ada.SignIn.AccessToken));
    }

    [Fact]
    public async Task Whoever_signs_out_everywhere_can_sign_in_again_at_once_at_every_replica()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        await using var before = await Listener.ConnectAsync(chat, "realtime2", ada.SignIn.AccessToken);

        using var answer = await ada.Client.DeleteAsync("/api/auth/sessions");
        using var again = await ada.SignInAgainAsync(chat, "api2");
        await before.Closing;

        Assert.Equal(HttpStatusCode.OK, await again.ReachAsync());
        Assert.Equal(HttpStatusCode.OK, await again.ReachAsync(chat: chat, service: "api"));
        await using var after = await Listener.ConnectAsync(chat, "realtime2", again.SignIn.AccessToken);
    }

    [Fact]
    public async Task An_expired_token_opens_no_connection()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");

        var token = await TokenMint.MakeAsync(chat, TimeSpan.FromMinutes(11), ada);

        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync("realtime", token));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectAsync("realtime", ada.SignIn.AccessToken));
    }

    private async Task<HttpStatusCode> ConnectAsync(string node, string token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(Listener.HubUri(chat, node, token), default);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }
}
