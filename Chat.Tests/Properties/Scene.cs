using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.Data.Compaction;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Properties;

/// <summary>One conversation, what has been acknowledged in it, and each member's view of it.</summary>
internal sealed class Scene(NpgsqlDataSource owner, NpgsqlDataSource pooled, Guid id, IReadOnlyList<Actor> actors)
{
    private readonly ConcurrentDictionary<Guid, Message> _acknowledged = [];
    private readonly ConcurrentQueue<(Guid ClientId, Actor Sender, string Text)> _sent = [];
    private bool _compacted;

    public Guid Id => id;

    /// <summary>The first actor owns the group and stays; they and the second are members.</summary>
    public static async Task<Scene> CreateAsync(NpgsqlDataSource owner, NpgsqlDataSource pooled, IReadOnlyList<Actor> actors)
    {
        var group = await actors[0].Person.CreateGroupAsync(actors[1].Person);
        var scene = new Scene(owner, pooled, group.Id, actors);
        foreach (var actor in actors)
        {
            actor.View = null;
        }

        await scene.SettleAsync(actors[0]);
        await scene.SettleAsync(actors[1]);
        return scene;
    }

    public Task SendAsync(Actor who, int n)
    {
        var sent = (Guid.NewGuid(), who, $"message {n}");
        _sent.Enqueue(sent);
        return SendAsync(sent, n);
    }

    /// <summary>Under the same clientId, at either replica, while the first attempt may still be under way.</summary>
    public Task SendAgainAsync(Actor who, int n)
    {
        var own = _sent.Where(sent => sent.Sender == who).ToArray();
        return own.Length == 0 ? Task.CompletedTask : SendAsync(own[n % own.Length], n + 1);
    }

    public async Task OnMessageAsync(Actor who, int n, Func<HttpClient, long, Task<HttpResponseMessage>> change)
    {
        if (!_acknowledged.IsEmpty)
        {
            using var answer = await change(who.At(n), 1 + (n % _acknowledged.Count));
            var isRefusal = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Conflict;
            Assert.True(who.IsInDoubt || (who.IsMember && (answer.IsSuccessStatusCode || isRefusal)) || answer.StatusCode == HttpStatusCode.NotFound, $"{(int)answer.StatusCode}");
        }
    }

    /// <summary>In the thread under a message, which may be in one itself: then it is refused.</summary>
    public async Task AnswerAsync(Actor who, int n)
    {
        var message = new SendMessageRequest(Guid.NewGuid(), $"answer {n}", ThreadRoot: 1 + (n % (_acknowledged.Count + 1)), MentionsEveryone: n % 2 == 0);
        using var answer = await who.At(n).TrySendAsync(id, message);
        if (answer.StatusCode == HttpStatusCode.Created)
        {
            _acknowledged[message.ClientId] = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Message))!;
        }
        else
        {
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity || !who.IsMember || who.IsInDoubt, $"{(int)answer.StatusCode}");
        }
    }

    public async Task SendPollAsync(Actor who, int n)
    {
        var poll = new SendPollRequest(Guid.NewGuid(), $"question {n}?", ["yes", "no"], Multiple: n % 2 == 0, MembersAddOptions: n % 3 == 0);
        using var answer = await who.At(n).TrySendPollAsync(id, poll);
        Assert.True((answer.StatusCode == HttpStatusCode.Created) == who.IsMember || who.IsInDoubt, $"{(int)answer.StatusCode}");
        if (answer.StatusCode == HttpStatusCode.Created)
        {
            _acknowledged[poll.ClientId] = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Message))!;
        }
    }

    /// <summary>The first actor hides nothing, for by their history the whole is checked.</summary>
    public Task HideAsync(Actor who, int n) => who == actors[0]
        ? Task.CompletedTask
        : OnMessageAsync(who, n, (client, seq) => client.DeleteAsync($"{Conversing.Address(id, seq)}?for=me"));

    public async Task JoinAsync(Actor who, int n)
    {
        using var answer = await actors[0].At(n).TryAddAsync(id, who.Id);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task LeaveAsync(Actor who, int n)
    {
        if (who != actors[0])
        {
            using var answer = await who.At(n).TryRemoveAsync(id, who.Id);
            Assert.True(answer.IsSuccessStatusCode == who.IsMember || who.IsInDoubt, $"{(int)answer.StatusCode}");
        }
    }

    public async Task CatchUpAsync(Actor who, int n)
    {
        if (who is { IsInDoubt: false, View: { } view } && !await view.CatchUpAsync(who.At(n), limit: 1 + (n % 7)))
        {
            Assert.True(_compacted, "A token is gone, and nothing was given up.");
            who.View = await View.LoadAsync(who.At(n), id);
        }
    }

    /// <summary>The workers may be quicker, with bounds of their own; then it changes nothing.</summary>
    public async Task CompactAsync(CompactionBounds bounds)
    {
        _compacted = true;
        await using var due = owner.CreateCommand($"update conversations set compact_at = '-infinity' where id = '{id}'");
        await due.ExecuteNonQueryAsync();
        await CompactConversations.RunAsync(pooled, bounds, CancellationToken.None);
    }

    /// <summary>Finds out whether somebody is a member now. Who has become one loads what they did not hold before.</summary>
    public async Task SettleAsync(Actor who)
    {
        using var answer = await who.Person.Client.GetAsync($"/api/conversations/{id}");
        who.View = answer.StatusCode == HttpStatusCode.NotFound ? null : who.View ?? await View.LoadAsync(who.Person.Client, id);
        who.IsInDoubt = false;
    }

    /// <summary>What must hold when all is quiet.</summary>
    public async Task CheckAsync()
    {
        await Eventually.HoldsAsync("all reactions are counted", ChatApplication.Patience, () =>
            ReadAsync<bool>($"select not exists (select from recount_queue where conversation_id = '{id}')"));
        var history = await actors[0].Person.Client.HistoryAsync(id, "?limit=100");

        var sent = history.Items.Where(m => m.Kind != MessageKind.System).ToArray();
        Assert.Equal(Enumerable.Range(1, history.Items.Count).Select(n => (long)n), history.Items.Select(m => m.Seq));
        Assert.Equal(_acknowledged.Keys.Order(), sent.Select(m => m.ClientId).Order());
        Assert.Equal(history.Items.Count, history.Items.DistinctBy(m => m.Rev).Count());
        Assert.All(sent, m => Assert.Equal((_acknowledged[m.ClientId].Seq, _acknowledged[m.ClientId].SenderId), (m.Seq, m.SenderId)));
        Assert.True(_compacted || history.Rev == await ReadAsync<long>($"select count(*) from changes where conversation_id = '{id}'"), "rev is dense");
        foreach (var member in actors.Where(actor => actor.IsMember))
        {
            await CatchUpAsync(member, n: 3);
            Assert.Equal((await View.LoadAsync(member.At(1), id)).Show(), member.View!.Show());
        }
    }

    private async Task SendAsync((Guid ClientId, Actor Sender, string Text) message, int replica)
    {
        var (clientId, who, text) = message;
        using var answer = await who.At(replica).TrySendAsync(id, text, clientId);
        Assert.True((answer.StatusCode == HttpStatusCode.Created) == who.IsMember || who.IsInDoubt, $"{(int)answer.StatusCode}");
        if (answer.StatusCode == HttpStatusCode.Created)
        {
            var stored = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.Message))!;
            Assert.Equal(stored.Seq, _acknowledged.GetOrAdd(clientId, stored).Seq);
        }
    }

    private async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
