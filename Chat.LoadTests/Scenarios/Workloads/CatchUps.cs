using System.Diagnostics;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.LoadTests.Ledgers;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Recipients who were cut off ask for what they have missed of each of their conversations, and tell it to the ledger.</summary>
internal sealed class CatchUps : IDisposable
{
    /// <summary>Calls under way at a time: as many as a busy process may have handles for.</summary>
    private const int AtOnce = 128;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly DeliveryLedger _ledger;
    private readonly ILookup<int, Guid> _conversations;
    private readonly SemaphoreSlim _free = new(AtOnce);
    private readonly Dictionary<Guid, RevTrack>[] _revs;
    private Dictionary<Guid, string> _tokens = [];

    private CatchUps(Preparation preparation, TestUsers people, DeliveryLedger ledger)
    {
        (_preparation, _people, _ledger) = (preparation, people, ledger);
        _conversations = ledger.Conversations.SelectMany(c => c.Recipients.Select(r => (r, c.Id))).ToLookup(p => p.r, p => p.Id);
        _revs = [.. people.Select(_ => new Dictionary<Guid, RevTrack>())];
    }

    /// <summary>What the calls came to.</summary>
    public Recorder Calls { get; } = new();

    /// <summary>With the token that each conversation has now: what every member's client holds who has loaded it.</summary>
    public static async Task<CatchUps> CreateAsync(
        Preparation preparation, TestUsers people, IReadOnlyList<SeededConversation> conversations, DeliveryLedger ledger, CancellationToken stop)
    {
        var catchUps = new CatchUps(preparation, people, ledger);
        var numbers = people.Select((user, number) => (user, number)).ToDictionary(p => p.user, p => p.number);
        var known = new List<Conversation>();
        foreach (var conversation in conversations)
        {
            var number = numbers[conversation.Members[0]];
            using var api = preparation.Client(conversation.Members[0], number);
            var answer = await api.GetAsync(
                "conversation", $"/api/conversations/{conversation.Id}", Stopwatch.GetTimestamp(), new Recorder(), stop);
            known.Add(answer is { IsSuccess: true } read
                ? JsonSerializer.Deserialize(read.Body.Span, ContractsJson.Default.Conversation)!
                : throw new CannotRunException($"A conversation could not be read: {answer?.Status}."));
        }

        catchUps._tokens = known.ToDictionary(c => c.Id, c => c.ChangesToken!);
        var lastRevs = known.ToDictionary(c => c.Id, c => c.LastRev);
        foreach (var (recipient, conversation) in ledger.Conversations.SelectMany(c => c.Recipients.Select(r => (r, c.Id))))
        {
            catchUps._revs[recipient][conversation] = new RevTrack(lastRevs[conversation]);
        }

        return catchUps;
    }

    /// <summary>A push arrived. One thread at a time for each recipient.</summary>
    public void Received(int recipient, in Push push)
    {
        if (push.Rev > 0 && _revs[recipient].TryGetValue(push.ConversationId, out var track))
        {
            track.Add(push.Rev);
        }
    }

    /// <summary>Returns when all is there. Asks where the hub is ahead of what is held, and again as often as it takes.</summary>
    public async Task CatchUpAsync(int recipient, HubWord word, PushSockets sockets, CancellationToken cancellationToken)
    {
        // Where the hub says nothing of heads, any conversation may have gone on.
        Guid[] behind = [.. _conversations[recipient].Where(
            id => word.Heads is null || word.Heads.GetValueOrDefault(id) > _revs[recipient][id].Reached)];
        if (behind.Length == 0)
        {
            return;
        }

        await Task.Delay(word.CatchUpWithin * Random.Shared.NextDouble(), cancellationToken);
        await _free.WaitAsync(cancellationToken);
        try
        {
            foreach (var conversation in behind)
            {
                await CatchUpAsync(recipient, conversation, sockets, cancellationToken);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task CatchUpAsync(int recipient, Guid conversation, PushSockets sockets, CancellationToken cancellationToken)
    {
        using var api = _preparation.Client(_people[recipient], recipient);
        for (var token = _tokens[conversation]; ;)
        {
            var answer = await api.GetAsync(
                "catch-up", $"/api/conversations/{conversation}/changes?since={token}", Stopwatch.GetTimestamp(), Calls, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (answer is not { IsSuccess: true } read)
            {
                await Task.Delay(Pause * (0.5 + Random.Shared.NextDouble()), cancellationToken);
                continue;
            }

            var page = JsonSerializer.Deserialize(read.Body.Span, ContractsJson.Default.ChangePage)!;
            Take(recipient, page.Messages, sockets);
            if (!page.More)
            {
                return;
            }

            token = page.Next;
        }
    }

    private void Take(int recipient, IReadOnlyList<Message> messages, PushSockets sockets) => sockets.Post(() =>
    {
        foreach (var message in messages)
        {
            _ledger.Asked(recipient, message.ConversationId, message.Seq, message.ClientId);
        }
    });
}
