using System.Net;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class PinTests(ChatApplication chat)
{
    [Fact]
    public async Task Any_member_pins_and_unpins_and_all_see_the_pins_the_latest_first()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var reader = await Person.RegisterAsync(chat, "reader", service: "api2");
        var group = await sender.CreateGroupAsync(reader);
        await sender.Client.SendAsync(group.Id, "one");
        await sender.Client.SendAsync(group.Id, "two");
        await sender.Client.SendAsync(group.Id, "three");

        await sender.Client.PinAsync(group.Id, 3);
        await reader.Client.PinAsync(group.Id, 1);
        await reader.Client.PinAsync(group.Id, 2);
        await reader.Client.PinAsync(group.Id, 3);
        await sender.Client.UnpinAsync(group.Id, 2);

        var pins = (await reader.Client.PinsAsync(group.Id)).Items;
        Assert.Equal(["one", "three"], pins.Select(m => m.Text));
        Assert.All(pins, pin => Assert.NotNull(pin.PinnedAt));
        Assert.Null((await reader.Client.MessageAsync(group.Id, 2)).PinnedAt);
        Assert.Empty((await sender.Client.PinsAsync((await sender.CreateGroupAsync()).Id)).Items);
    }

    [Fact]
    public async Task Parallel_pins_of_one_message_take_one_rev_and_each_change_is_one_push()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        var sent = await sender.Client.SendAsync(group.Id);
        await using var listener = await Listener.ConnectAsync(chat, "realtime", sender.SignIn.AccessToken);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => (n % 2 == 0 ? sender.Client : elsewhere).PinAsync(group.Id, 1)));
        await sender.Client.UnpinAsync(group.Id, 1);
        await elsewhere.UnpinAsync(group.Id, 1);

        await listener.HearsAsync(group.Id, sent.Rev + 2);
        Assert.Equal([sent.Rev + 1, sent.Rev + 2], listener.Revs(group.Id).Order());
        Assert.Equal(sent.Rev + 2, (await sender.Client.ConversationAsync(group.Id)).LastRev);
    }

    [Fact]
    public async Task Of_many_pins_at_once_only_a_hundred_are_taken()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var elsewhere = sender.At(chat, "api2");
        var group = await sender.CreateGroupAsync();
        await Task.WhenAll(Enumerable.Range(0, MessageLimits.PinsMax + 10).Select(n => sender.Client.SendAsync(group.Id, $"{n}")));

        var answers = await Task.WhenAll(Enumerable.Range(1, MessageLimits.PinsMax + 10).Select(seq =>
            (seq % 2 == 0 ? sender.Client : elsewhere).PutAsync($"{Conversing.Address(group.Id, seq)}/pin", content: null)));

        Assert.Equal(MessageLimits.PinsMax, answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent));
        await Problem.ReadAsync(answers.First(answer => !answer.IsSuccessStatusCode), HttpStatusCode.Conflict, "too-many-pins");
        var pinned = (await sender.Client.PinsAsync(group.Id)).Items;
        Assert.Equal(MessageLimits.PinsMax, pinned.Count);
        await sender.Client.PinAsync(group.Id, pinned[0].Seq);
        Array.ForEach(answers, answer => answer.Dispose());
    }
}
