using Chat.Client;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Realtime.Specification;

/// <summary>
/// What clients may rely on, over whatever brings events to the nodes: each subclass is one way, of which some lose and shuffle. Nothing
/// here may depend on which pushes come, and in which order.
/// </summary>
[Collection(ChatCollection.Name)]
public abstract class FanOutSpecification(ChatApplication chat) : IAsyncLifetime
{
    private readonly List<ChatClient> _clients = [];
    private Person _sender = null!;
    private Person _member = null!;
    private Person _outsider = null!;

    /// <summary>The nodes that clients connect to, one after the other.</summary>
    protected abstract IReadOnlyList<Uri> Nodes { get; }

    protected ChatApplication Chat => chat;

    [Fact]
    public async Task Whatever_happens_to_messages_each_members_client_shows_what_a_reload_shows()
    {
        var group = await _sender.CreateGroupAsync(_member);
        var (sender, member) = (await OpenAsync(_sender), await OpenAsync(_member));

        PendingMessage[] sent = [.. Enumerable.Range(0, 30).Select(n => (n % 3 == 0 ? member : sender).Send(group.Id, new SendMessageRequest(Guid.NewGuid(), $"message {n}")))];
        var stored = await Task.WhenAll(sent.Select(pending => pending.Outcome)).WaitAsync(ChatApplication.Patience);
        await Task.WhenAll(stored.Select(message => ChangeAsync(message!)));

        await sender.ShowsWhatAReloadShowsAsync(_sender);
        await member.ShowsWhatAReloadShowsAsync(_member);
    }

    [Fact]
    public async Task Who_is_added_gets_the_conversation_and_who_is_removed_hears_nothing_of_what_comes_after()
    {
        var group = await _sender.CreateGroupAsync();
        var member = await OpenAsync(_member);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<ConversationEvent>();
        member.Received += json => Enqueue(ConversationEvent.Read(json));

        await _sender.Client.SendAsync(group.Id, "before");
        var added = await _sender.Client.AddAsync(group.Id, _member.Id);
        await _sender.Client.SendAsync(group.Id, "with them");
        await member.ShowsWhatAReloadShowsAsync(_member);
        await _sender.Client.RemoveAsync(group.Id, _member.Id);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => _sender.Client.SendAsync(group.Id, $"without them {n}")));
        var own = await _member.CreateGroupAsync(_sender);
        await _sender.Client.SendAsync(own.Id, "among ourselves");
        await member.ShowsWhatAReloadShowsAsync(_member);

        // What was committed before they were added they may read, so its push may come after all.
        Assert.DoesNotContain(heard, e => e.ConversationId == group.Id && e.MembershipVersion > added.MembershipVersion);
        Assert.False(member.Read(all => all.ContainsKey(group.Id)));

        void Enqueue(ConversationEvent? e)
        {
            if (e is not null)
            {
                heard.Enqueue(e);
            }
        }
    }

    [Fact]
    public async Task An_outsider_who_hears_their_own_conversations_hears_nothing_of_others()
    {
        var (ours, theirs) = (await _sender.CreateGroupAsync(_member), await _outsider.CreateGroupAsync(_sender));
        var outsider = await OpenAsync(_outsider);
        var heard = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        outsider.Received += json => heard.Add(json.TryGetProperty("conversationId", out var id) ? id.GetGuid() : Guid.Empty);

        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(n => new[]
        {
            _sender.Client.SendAsync(ours.Id, $"ours {n}"), _sender.Client.SendAsync(theirs.Id, $"theirs {n}"),
        }));
        await outsider.ShowsWhatAReloadShowsAsync(_outsider);

        Assert.DoesNotContain(ours.Id, heard);
    }

    public async Task InitializeAsync()
    {
        var people = await Task.WhenAll(Person.RegisterAsync(chat, "sender"), Person.RegisterAsync(chat, "member"), Person.RegisterAsync(chat, "outsider"));
        (_sender, _member, _outsider) = (people[0], people[1], people[2]);
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        _sender.Dispose();
        _member.Dispose();
        _outsider.Dispose();
    }

    private async Task<ChatClient> OpenAsync(Person person)
    {
        var client = await chat.OpenClientAsync(person, Nodes[_clients.Count % Nodes.Count]);
        _clients.Add(client);
        return client;
    }

    private async Task ChangeAsync(Message message)
    {
        var owner = message.SenderId == _sender.Id ? _sender : _member;
        await ((message.Seq % 5) switch
        {
            0 => owner.Client.EditAsync(message.ConversationId, message.Seq, $"edited {message.Seq}"),
            1 => owner.Client.DeleteMessageAsync(message.ConversationId, message.Seq),
            2 => _sender.Client.ReactAsync(message.ConversationId, message.Seq, "👍"),
            3 => _member.Client.DeleteMessageAsync(message.ConversationId, message.Seq, "?for=me"),
            _ => Task.CompletedTask,
        });
    }
}
