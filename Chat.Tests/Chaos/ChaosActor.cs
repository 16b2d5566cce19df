using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Chat.Client;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Chaos;

/// <param name="At">When it came in.</param>
internal sealed record Heard(Guid Conversation, long Rev, long MembershipVersion, long At);

/// <summary>Somebody who acts at random, whatever comes of it, by the reference client and by calls.</summary>
internal sealed class ChaosActor(Person person, ChatClient client, IReadOnlyList<HttpClient> replicas, int seed) : IAsyncDisposable
{
    private static readonly string[] Emoji = ["👍", "🎉"];
    private readonly Random _random = new(seed);
    private readonly ConcurrentQueue<Heard> _heard = [];

    public Person Person => person;

    public ChatClient Client => client;

    /// <summary>Every push of a conversation that came in.</summary>
    public IReadOnlyCollection<Heard> Pushes => _heard;

    /// <summary>What they have written.</summary>
    public List<PendingMessage> Sent { get; } = [];

    public static async Task<ChaosActor> CreateAsync(ChatApplication chat, Person person, int seed)
    {
        var client = await chat.OpenClientAsync(person);
        var actor = new ChaosActor(person, client, [person.At(chat, "api"), person.At(chat, "api2")], seed);
        client.Received += actor.Hear;
        return actor;
    }

    public async Task ActUntilAsync(IReadOnlyList<Guid> conversations, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var conversation = conversations[_random.Next(conversations.Count)];
            await ActAsync(conversation);
            await Task.Delay(_random.Next(20, 120), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        foreach (var replica in replicas)
        {
            replica.Dispose();
        }
    }

    private Task ActAsync(Guid conversation)
    {
        var (choice, n) = (_random.Next(20), _random.Next(1_000));
        var seq = client.Read(all => all.GetValueOrDefault(conversation)?.Messages.Select(m => m.Seq).OrderBy(s => HashCode.Combine(s, n)).FirstOrDefault() ?? 0);
        if (choice < 10 || seq == 0)
        {
            Sent.Add(client.Send(conversation, new SendMessageRequest(Guid.NewGuid(), $"message {n}")));
            return Task.CompletedTask;
        }

        if (choice == 10)
        {
            client.Reconnect();
            return Task.CompletedTask;
        }

        var api = replicas[_random.Next(replicas.Count)];
        return TryAsync(choice switch
        {
            < 14 => () => api.PutAsync(Conversing.Reaction(conversation, seq, Emoji[n % 2]), null),
            14 => () => api.DeleteAsync(Conversing.Reaction(conversation, seq, Emoji[n % 2])),
            < 17 => () => api.TryEditAsync(conversation, seq, $"edited {n}"),
            17 => () => api.DeleteAsync(Conversing.Address(conversation, seq)),
            18 => () => api.DeleteAsync($"{Conversing.Address(conversation, seq)}?for=me"),
            _ => () => api.PutAsync($"{Conversing.Address(conversation, seq)}/pin", null),
        });
    }

    /// <summary>Whatever is answered, and if nothing is: what counts is what everybody sees in the end.</summary>
    private static async Task TryAsync(Func<Task<HttpResponseMessage>> call)
    {
        try
        {
            using var answer = await call().WaitAsync(TimeSpan.FromSeconds(3));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or TimeoutException)
        {
        }
    }

    private void Hear(JsonElement json)
    {
        if (ConversationEvent.Read(json) is { } e)
        {
            _heard.Enqueue(new Heard(e.ConversationId, e.Rev, e.MembershipVersion, Stopwatch.GetTimestamp()));
        }
    }
}
