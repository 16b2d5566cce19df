using Chat.Tests.Browser;
using Chat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests.Faults;

public sealed partial class RealtimeFaultsTests
{
    [Fact]
    public async Task Two_people_in_browsers_go_on_talking_when_every_realtime_node_is_killed_and_comes_back()
    {
        using var alice = await Person.RegisterAsync(chat, "alice");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var group = await alice.CreateGroupAsync(bob);
        await using var hers = await Visitor.ComeAsync(chat, alice, $"/c/{group.Id}");
        await using var his = await Visitor.ComeAsync(chat, bob, $"/c/{group.Id}", "api2");
        await hers.WriteAsync("do you hear me?");
        await his.SeesAsync("do you hear me?");

        string[] nodes = ["realtime", "realtime2"];
        Array.ForEach(nodes, node => Signals.Kill(chat, node));
        await Task.WhenAll(nodes.Select(EndedAsync));
        await hers.WriteAsync("and now?");
        await hers.SeesAsync("and now?");
        await his.IsToldAsync("Connection", "Connecting");
        await Task.WhenAll(nodes.Select(StartAsync));

        await his.SeesAsync("and now?");
        await his.WriteAsync("again");
        await hers.SeesAsync("again");
        await Expect(his.Page.GetByText("Connecting…")).ToBeHiddenAsync();
        Assert.Empty(hers.Complaints.Concat(his.Complaints));
    }
}
