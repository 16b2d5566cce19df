using System.Net;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
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
        Assert.Equal((2, 2, 3, 1), (now.MemberCount, now.MembershipVersion, now.LastRev, now.LastSeq));
    }

    [Fact]
    public async Task Members_add_and_remove_nobody_admins_members_and_owners_anyone()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var admin = await Person.RegisterAsync(chat, "admin");
        using var member = await Person.RegisterAsync(chat, "member");
        using var stranger = await Person.RegisterAsync(chat, "stranger");
        var group = await owner.CreateGroupAsync(admin, member);
        await owner.Client.ChangeRoleAsync(group.Id, admin.Id, MemberRole.Admin);

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
    public async Task The_same_person_added_and_removed_at_once_is_in_the_end_either_and_counted_right()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var elsewhere = owner.At(chat, "api2");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = await owner.CreateGroupAsync();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(async n =>
        {
            var client = n % 4 < 2 ? owner.Client : elsewhere;
            using var answer = await (n % 2 == 0 ? client.TryAddAsync(group.Id, other.Id) : client.TryRemoveAsync(group.Id, other.Id));
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound]);
        }));

        var now = await owner.Client.ConversationAsync(group.Id);
        var members = (await owner.Client.MembersAsync(group.Id)).Items.Select(m => m.UserId).ToArray();
        Assert.Equal(members.Length, now.MemberCount);
        Assert.Equal(members, now.FirstMembers.Select(m => m.Id));
        Assert.Equal(now.MembershipVersion - 1, now.LastSeq);
        Assert.Equal(1 + (2 * now.LastSeq), now.LastRev);
        var told = (await owner.Client.HistoryAsync(group.Id, "?limit=100")).Items.Select(m => m.Content!.System!.Event);
        Assert.Equal(Enumerable.Range(0, (int)now.LastSeq).Select(n => n % 2 == 0 ? SystemEvent.MembersAdded : SystemEvent.MemberRemoved), told);
    }

    [Fact]
    public async Task A_conversation_that_is_full_takes_nobody_more()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other");
        var group = await owner.CreateGroupAsync();
        await chat.ExecuteAsync($"update conversations set member_count = {ConversationLimits.MembersMax - 1} where id = '{group.Id}'");

        using var two = await owner.Client.TryAddAsync(group.Id, one.Id, other.Id);

        await Problem.ReadAsync(two, HttpStatusCode.Conflict, "conversation-full");
        await owner.Client.AddAsync(group.Id, one.Id);
        using var last = await owner.Client.TryAddAsync(group.Id, other.Id);
        await Problem.ReadAsync(last, HttpStatusCode.Conflict, "conversation-full");
    }

    [Fact]
    public async Task Who_is_in_as_many_conversations_as_one_may_be_is_added_to_none_and_creates_and_joins_none()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var busy = await Person.RegisterAsync(chat, "busy");
        var (group, channel) = (await owner.CreateGroupAsync(), await owner.CreateChannelAsync());
        await chat.ExecuteAsync($"""
            with made as (
                insert into conversations (id, kind, title) select gen_random_uuid(), 'group', 'one of many' from generate_series(1, {ConversationLimits.ConversationsPerUser})
                returning id)
            insert into members (conversation_id, user_id, role) select id, '{busy.Id}', 'member' from made
            """);

        using var added = await owner.Client.TryAddAsync(group.Id, busy.Id);
        using var joins = await busy.Client.TryJoinAsync(channel.Id);
        using var creates = await busy.Client.PostAsync("/api/conversations", new StringContent(
            """{"kind":"group","memberIds":[],"title":"one too many"}""", System.Text.Encoding.UTF8, "application/json"));

        foreach (var answer in new[] { added, joins, creates })
        {
            await Problem.ReadAsync(answer, HttpStatusCode.Conflict, "too-many-conversations");
        }

        await busy.CreateDirectAsync(owner);
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
        Assert.Equal(4, (await member.Client.SendAsync(group.Id)).Seq);
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
}
