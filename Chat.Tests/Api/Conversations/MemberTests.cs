using System.Net;
using Chat.Contracts.Conversations;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Conversations;

[Collection(ChatCollection.Name)]
public sealed class MemberTests(ChatApplication chat)
{
    [Fact]
    public async Task Adding_the_same_person_many_times_at_once_adds_them_once()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var elsewhere = owner.At(chat, "api2");
        using var added = await Person.RegisterAsync(chat, "added");
        var group = await owner.CreateGroupAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(n => (n % 2 == 0 ? owner.Client : elsewhere).AddAsync(group.Id, added.Id)));

        Assert.Equal([added.Id], answers.SelectMany(answer => answer.UserIds));
        Assert.All(answers, answer => Assert.Equal(2, answer.MembershipVersion));
        var now = await added.Client.ConversationAsync(group.Id);
        Assert.Equal((2, 2, 2), (now.MemberCount, now.MembershipVersion, now.LastRev));
    }

    [Fact]
    public async Task Members_add_and_remove_nobody_admins_members_and_owners_anyone()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var admin = await Person.RegisterAsync(chat, "admin");
        using var member = await Person.RegisterAsync(chat, "member");
        using var stranger = await Person.RegisterAsync(chat, "stranger");
        var group = await owner.CreateGroupAsync(admin, member);
        await MakeAdminAsync(group.Id, admin.Id);

        using var memberAdds = await member.Client.TryAddAsync(group.Id, stranger.Id);
        using var memberRemoves = await member.Client.TryRemoveAsync(group.Id, admin.Id);
        using var adminRemovesOwner = await admin.Client.TryRemoveAsync(group.Id, owner.Id);
        foreach (var answer in new[] { memberAdds, memberRemoves, adminRemovesOwner })
        {
            await Problem.ReadAsync(answer, HttpStatusCode.Forbidden, "forbidden");
        }

        await admin.Client.AddAsync(group.Id, stranger.Id);
        await admin.Client.RemoveAsync(group.Id, member.Id);
        await owner.Client.RemoveAsync(group.Id, admin.Id);

        Assert.Equal([owner.Id, stranger.Id], (await owner.Client.MembersAsync(group.Id)).Items.Select(m => m.UserId));
    }

    [Fact]
    public async Task The_last_owner_who_leaves_hands_over_to_an_admin_before_a_member()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        using var admin = await Person.RegisterAsync(chat, "admin");
        var group = await owner.CreateGroupAsync(member, admin);
        await MakeAdminAsync(group.Id, admin.Id);

        await owner.Client.RemoveAsync(group.Id, owner.Id);

        var members = (await member.Client.MembersAsync(group.Id)).Items.ToDictionary(m => m.UserId, m => m.Role);
        Assert.Equal((2, MemberRole.Owner, MemberRole.Member), (members.Count, members[admin.Id], members[member.Id]));
        var now = await member.Client.ConversationAsync(group.Id);
        Assert.Equal([member.Id, admin.Id], now.FirstMembers.Select(m => m.Id));
    }

    [Fact]
    public async Task All_who_leave_at_once_are_gone_and_counted()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var one = await Person.RegisterAsync(chat, "one", service: "api2");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = await owner.CreateGroupAsync(one, other);

        await Task.WhenAll(
            owner.Client.RemoveAsync(group.Id, owner.Id), one.Client.RemoveAsync(group.Id, one.Id));

        var now = await other.Client.ConversationAsync(group.Id);
        Assert.Equal((1, 3, MemberRole.Owner), (now.MemberCount, now.MembershipVersion, now.Me!.Role));
    }

    [Fact]
    public async Task Who_comes_back_is_a_member_again_with_their_read_position()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync(member);
        await member.Client.SendAsync(group.Id);
        await owner.Client.RemoveAsync(group.Id, member.Id);
        using var refused = await member.Client.TrySendAsync(group.Id, "while away");
        await owner.Client.AddAsync(group.Id, member.Id);

        await Problem.ReadAsync(refused, HttpStatusCode.NotFound, "not-found");
        Assert.Equal(1, (await member.Client.ConversationAsync(group.Id)).Me!.ReadSeq);
        Assert.Equal(2, (await member.Client.SendAsync(group.Id)).Seq);
    }

    [Fact]
    public async Task One_unknown_person_among_the_added_means_that_nobody_is()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var added = await Person.RegisterAsync(chat, "added");
        var group = await owner.CreateGroupAsync();

        using var answer = await owner.Client.TryAddAsync(group.Id, added.Id, Guid.CreateVersion7());

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal(1, (await owner.Client.ConversationAsync(group.Id)).MemberCount);
    }

    [Theory]
    [InlineData("{\"userIds\":[]}", "invalid-request")]
    [InlineData("{\"userIds\":[null]}", "malformed-request")]
    [InlineData("{\"userIds\":\"x\"}", "malformed-request")]
    [InlineData("{}", "malformed-request")]
    public async Task A_bad_list_of_people_is_refused(string body, string problem)
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await owner.Client.PostAsync($"/api/conversations/{group.Id}/members", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, problem);
    }

    [Fact]
    public async Task Removing_who_is_no_member_is_a_404()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        var group = await owner.CreateGroupAsync();

        using var answer = await owner.Client.TryRemoveAsync(group.Id, Guid.CreateVersion7());

        await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Members_come_in_pages()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = await owner.CreateGroupAsync(one, other);

        var first = await owner.Client.MembersAsync(group.Id, "?limit=2");
        var second = await owner.Client.MembersAsync(group.Id, $"?limit=2&after={first.Next}");

        Assert.Equal([owner.Id, one.Id, other.Id], first.Items.Concat(second.Items).Select(m => m.UserId));
        Assert.Null(second.Next);
        using var answer = await owner.Client.GetAsync($"/api/conversations/{group.Id}/members?after=x");
        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
    }

    /// <summary>Roles are set by a call that is yet to come.</summary>
    private async Task MakeAdminAsync(Guid conversation, Guid user)
    {
        await using var database = await chat.OwnerAsync();
        await using var command = database.CreateCommand(
            $"update members set role = 'admin' where conversation_id = '{conversation}' and user_id = '{user}'");
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
