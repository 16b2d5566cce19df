using System.Net;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Conversations;

[Collection(ChatCollection.Name)]
public sealed class RoleTests(ChatApplication chat)
{
    [Fact]
    public async Task The_last_owner_hands_over_before_they_leave_or_give_it_up()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var heir = await Person.RegisterAsync(chat, "heir");
        var group = await owner.CreateGroupAsync(heir);

        using var leaves = await owner.Client.TryRemoveAsync(group.Id, owner.Id);
        using var givesUp = await owner.Client.TryChangeRoleAsync(group.Id, owner.Id, MemberRole.Admin);
        foreach (var answer in new[] { leaves, givesUp })
        {
            await Problem.ReadAsync(answer, HttpStatusCode.Conflict, "last-owner");
        }

        await owner.Client.ChangeRoleAsync(group.Id, heir.Id, MemberRole.Owner);
        await owner.Client.RemoveAsync(group.Id, owner.Id);

        var now = await heir.Client.ConversationAsync(group.Id);
        Assert.Equal((1, MemberRole.Owner), (now.MemberCount, now.Me!.Role));
        var told = (await heir.Client.HistoryAsync(group.Id)).Items.Select(m => (m.SenderId, m.Content!.System!.Event));
        Assert.Equal([(owner.Id, SystemEvent.RoleChanged), (owner.Id, SystemEvent.MemberLeft)], told);
    }

    [Fact]
    public async Task Of_the_last_two_owners_who_leave_at_once_one_stays()
    {
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");
        using var member = await Person.RegisterAsync(chat, "member");
        for (var round = 0; round < 5; round++)
        {
            var group = await one.CreateGroupAsync(other, member);
            await one.Client.ChangeRoleAsync(group.Id, other.Id, MemberRole.Owner);

            var answers = await Task.WhenAll(one.Client.TryRemoveAsync(group.Id, one.Id), other.Client.TryRemoveAsync(group.Id, other.Id));

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
            await Problem.ReadAsync(answers.Single(answer => !answer.IsSuccessStatusCode), HttpStatusCode.Conflict, "last-owner");
            var left = (await member.Client.MembersAsync(group.Id)).Items;
            Assert.Equal([MemberRole.Owner, MemberRole.Member], left.Select(m => m.Role).OrderDescending());
            Array.ForEach(answers, answer => answer.Dispose());
        }
    }

    [Fact]
    public async Task Of_two_owners_who_demote_each_other_at_once_one_stays()
    {
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other", service: "api2");
        var group = await one.CreateGroupAsync(other);
        await one.Client.ChangeRoleAsync(group.Id, other.Id, MemberRole.Owner);

        using var first = await one.Client.TryChangeRoleAsync(group.Id, one.Id, MemberRole.Member);
        using var second = await other.Client.TryChangeRoleAsync(group.Id, other.Id, MemberRole.Member);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await Problem.ReadAsync(second, HttpStatusCode.Conflict, "last-owner");
    }

    [Fact]
    public async Task Who_leaves_alone_takes_the_conversation_with_them()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var stranger = await Person.RegisterAsync(chat, "stranger");
        var channel = await owner.CreateChannelAsync(Person.Name("alone"));
        var invite = await owner.Client.InviteAsync(channel.Id);

        await owner.Client.RemoveAsync(channel.Id, owner.Id);

        using var joins = await stranger.Client.TryJoinAsync(channel.Id);
        using var uses = await stranger.Client.TryUseAsync(invite.Token);
        using var comesBack = await owner.Client.TryJoinAsync(channel.Id);
        foreach (var answer in new[] { joins, uses, comesBack })
        {
            await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
        }

        Assert.Empty((await stranger.Client.ChannelsAsync($"?query={channel.Title}")).Items);
    }

    [Fact]
    public async Task Who_gets_another_role_hears_of_it_on_their_devices_and_the_same_role_again_changes_nothing()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var admin = await Person.RegisterAsync(chat, "admin");
        var group = await owner.CreateGroupAsync(admin);
        var known = await admin.Client.OwnChangesAsync();
        await using var hears = await Listener.ConnectAsync(chat, "realtime2", admin.SignIn.AccessToken);

        await owner.Client.ChangeRoleAsync(group.Id, admin.Id, MemberRole.Admin);
        await owner.Client.ChangeRoleAsync(group.Id, admin.Id, MemberRole.Admin);

        await hears.HearsAsync("ownChanged", e => e.GetProperty("type").GetString() == "ownChanged");
        await hears.HearsAsync(group.Id, group.LastRev + 2);
        var own = Assert.Single((await admin.Client.OwnChangesAsync(known.Next)).Conversations);
        Assert.Equal((MemberRole.Admin, 1), (own.Conversation!.Me!.Role, own.Conversation.LastSeq));
    }

    [Fact]
    public async Task Who_is_removed_and_added_again_is_a_member_only()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var admin = await Person.RegisterAsync(chat, "admin");
        var group = await owner.CreateGroupAsync(admin);
        await owner.Client.ChangeRoleAsync(group.Id, admin.Id, MemberRole.Admin);

        await owner.Client.RemoveAsync(group.Id, admin.Id);
        await owner.Client.AddAsync(group.Id, admin.Id);

        Assert.Equal(MemberRole.Member, (await admin.Client.ConversationAsync(group.Id)).Me!.Role);
    }

    [Theory]
    [InlineData("""{"role":"emperor"}""")]
    [InlineData("""{"role":2}""")]
    [InlineData("""{"role":null}""")]
    [InlineData("{}")]
    public async Task A_role_that_there_is_not_is_refused(string body)
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await owner.Client.PatchAsync($"/api/conversations/{group.Id}/members/{owner.Id}", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "malformed-request");
    }
}
