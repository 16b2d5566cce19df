using Chat.Tests.Support;

namespace Chat.Tests.Realtime;

/// <summary>What one replica commits is pushed in the order of its commits.</summary>
[Collection(ChatCollection.Name)]
public sealed class OrderTests(ChatApplication chat)
{
    [Fact]
    public async Task A_crowd_that_sends_at_once_is_heard_in_the_order_of_the_commits()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var group = await ada.CreateGroupAsync(bob);
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", bob.SignIn.AccessToken);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => ada.Client.SendAsync(group.Id)));
        await Eventually.HoldsAsync("all are heard", ChatApplication.Patience, () => Task.FromResult(listener.Revs(group.Id).Length == 300));

        Assert.Equal(listener.Revs(group.Id).Order(), listener.Revs(group.Id));
    }
}
