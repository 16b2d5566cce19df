using Chat.Tests.Support;

namespace Chat.Tests.Realtime;

/// <summary>Pushes come in the order of the commits, also where two replicas publish in another.</summary>
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

    [Fact]
    public async Task A_push_that_has_overtaken_others_waits_for_them()
    {
        await using var backstage = await Backstage.OpenAsync(chat);
        var alice = await backstage.PersonAsync("alice");
        var conversation = await backstage.ConversationAsync(alice);
        await using var listener = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        foreach (var rev in new[] { 1, 4, 3, 2, 5 })
        {
            await backstage.PublishAsync(conversation, rev);
        }

        await listener.HearsAsync(conversation, 5);
        Assert.Equal([1, 2, 3, 4, 5], listener.Revs(conversation));
    }

    [Fact]
    public async Task Pushes_after_a_lost_one_come_nevertheless_and_in_order()
    {
        await using var backstage = await Backstage.OpenAsync(chat);
        var alice = await backstage.PersonAsync("alice");
        var conversation = await backstage.ConversationAsync(alice);
        await using var listener = await Listener.ConnectAsync(chat, "realtime", alice.Token);

        foreach (var rev in new[] { 1, 4, 3 })
        {
            await backstage.PublishAsync(conversation, rev);
        }

        await listener.HearsAsync(conversation, 4);
        await backstage.PublishAsync(conversation, 2);
        await listener.HearsAsync(conversation, 2);
        Assert.Equal([1, 3, 4, 2], listener.Revs(conversation));
    }
}
