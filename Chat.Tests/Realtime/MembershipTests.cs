using Chat.Data.Events;
using Chat.Tests.Support;

namespace Chat.Tests.Realtime;

/// <summary>Who hears, and above all who does not, in every order in which a node may learn of a change.</summary>
[Collection(ChatCollection.Name)]
public sealed class MembershipTests(ChatApplication chat) : IAsyncLifetime
{
    private Backstage _backstage = null!;

    [Theory]
    [InlineData("realtime")]
    [InlineData("realtime2")]
    public async Task A_member_hears_and_an_outsider_who_hears_their_own_conversation_does_not(string node)
    {
        var (alice, oscar) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("oscar"));
        var (ours, oscars) = (await _backstage.ConversationAsync(alice), await _backstage.ConversationAsync(oscar));
        await using var member = await Listener.ConnectAsync(chat, node, alice.Token);
        await using var outsider = await Listener.ConnectAsync(chat, node, oscar.Token);

        await _backstage.PublishAsync(ours, rev: 1);
        await _backstage.PublishAsync(oscars, rev: 1);

        var heard = await member.HearsAsync(ours, 1);
        Assert.Equal("hello", heard.GetProperty("message").GetProperty("text").GetString());
        await outsider.HearsAsync(oscars, 1);
        Assert.False(outsider.HasHeard(ours));
        Assert.False(member.HasHeard(oscars));
    }

    [Fact]
    public async Task Someone_added_while_connected_hears_from_then_on_and_is_told_so()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var conversation = await _backstage.ConversationAsync(alice);
        await using var added = await Listener.ConnectAsync(chat, "realtime", bob.Token);

        var version = await _backstage.JoinAsync(conversation, bob);
        await _backstage.AnnounceAsync(new MembershipChanged(conversation, bob.Id, version, Joined: true));
        await added.HearsAsync("conversationJoined", e => Type(e) == "conversationJoined" && Conversation(e) == conversation);
        await _backstage.PublishAsync(conversation, rev: 1, version);

        await added.HearsAsync(conversation, 1);
    }

    [Fact]
    public async Task Someone_added_hears_even_where_only_the_membership_version_tells_of_it()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var conversation = await _backstage.ConversationAsync(alice);
        await using var member = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await using var added = await Listener.ConnectAsync(chat, "realtime", bob.Token);

        var version = await _backstage.JoinAsync(conversation, bob);
        await _backstage.PublishAsync(conversation, rev: 1, version);

        await member.HearsAsync(conversation, 1);
        await added.HearsAsync(conversation, 1);
    }

    [Fact]
    public async Task Someone_removed_hears_nothing_from_then_on_and_is_told_so()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var (conversation, bobs) = (await _backstage.ConversationAsync(alice, bob), await _backstage.ConversationAsync(bob));
        await using var member = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await using var removed = await Listener.ConnectAsync(chat, "realtime", bob.Token);
        await _backstage.PublishAsync(conversation, rev: 1);
        await removed.HearsAsync(conversation, 1);

        var version = await _backstage.RemoveAsync(conversation, bob);
        await _backstage.AnnounceAsync(new MembershipChanged(conversation, bob.Id, version, Joined: false));
        await removed.HearsAsync("conversationLeft", e => Type(e) == "conversationLeft" && Conversation(e) == conversation);
        await _backstage.PublishAsync(conversation, rev: 2, version);
        await _backstage.PublishAsync(bobs, rev: 1);

        await member.HearsAsync(conversation, 2);
        await removed.HearsAsync(bobs, 1);
        Assert.Equal([1], removed.Revs(conversation));
    }

    [Fact]
    public async Task Someone_removed_hears_nothing_even_where_the_node_was_never_told()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var (conversation, bobs) = (await _backstage.ConversationAsync(alice, bob), await _backstage.ConversationAsync(bob));
        await using var member = await Listener.ConnectAsync(chat, "realtime", alice.Token);
        await using var removed = await Listener.ConnectAsync(chat, "realtime", bob.Token);

        var version = await _backstage.RemoveAsync(conversation, bob);
        await _backstage.PublishAsync(conversation, rev: 2, version);
        await _backstage.PublishAsync(bobs, rev: 1);

        await member.HearsAsync(conversation, 2);
        await removed.HearsAsync(bobs, 1);
        Assert.False(removed.HasHeard(conversation));
    }

    [Fact]
    public async Task A_late_word_of_a_removal_does_not_silence_someone_who_is_back()
    {
        var (alice, bob) = (await _backstage.PersonAsync("alice"), await _backstage.PersonAsync("bob"));
        var conversation = await _backstage.ConversationAsync(alice);
        await using var back = await Listener.ConnectAsync(chat, "realtime2", bob.Token);

        var version = await _backstage.JoinAsync(conversation, bob);
        await _backstage.AnnounceAsync(new MembershipChanged(conversation, bob.Id, version, Joined: true));
        await _backstage.AnnounceAsync(new MembershipChanged(conversation, bob.Id, version - 1, Joined: false));
        await _backstage.PublishAsync(conversation, rev: 1, version);
        await back.HearsAsync("conversationJoined", e => Type(e) == "conversationJoined" && Conversation(e) == conversation);
        await _backstage.PublishAsync(conversation, rev: 2, version);

        await back.HearsAsync(conversation, 2);
    }

    public async Task InitializeAsync() => _backstage = await Backstage.OpenAsync(chat);

    public async Task DisposeAsync() => await _backstage.DisposeAsync();

    private static string? Type(System.Text.Json.JsonElement e) => e.GetProperty("type").GetString();

    private static Guid Conversation(System.Text.Json.JsonElement e) => e.GetProperty("conversationId").GetGuid();
}
