using System.Collections.Concurrent;
using System.Text.Json;
using Chat.Client;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Support;

/// <summary>Somebody connected to the hub of one realtime node, with everything that they heard.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly ConcurrentQueue<(string Call, JsonElement Argument)> _words = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<JsonElement> _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Listener(Uri hub)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory, WebSocketConnectionFactory>();
        builder.Services.AddSingleton<System.Net.EndPoint>(new UriEndPoint(hub));
        Hub = builder.Build();
        Hub.On<JsonElement>("receive", _events.Enqueue);
        foreach (var call in (string[])["ready", "heads", "degraded", "recovered", "typing", "presence"])
        {
            Hub.On<JsonElement>(call, argument => _words.Enqueue((call, argument)));
        }

        Hub.On<JsonElement>("ready", _ => _ready.TrySetResult());
        Hub.On<JsonElement>("closing", reason => _closing.TrySetResult(reason));
        Hub.Closed += error =>
        {
            _closed.TrySetResult(error);
            _ready.TrySetException(error ?? new InvalidOperationException("Closed before it was ready."));
            return Task.CompletedTask;
        };
    }

    public HubConnection Hub { get; }

    public IEnumerable<JsonElement> Events => _events;

    /// <summary>What was said by a call other than <c>receive</c> and <c>closing</c>.</summary>
    public IEnumerable<JsonElement> Said(string call) => _words.Where(word => word.Call == call).Select(word => word.Argument);

    /// <summary>What the server said before it closed the connection.</summary>
    public Task<JsonElement> Closing => _closing.Task.WaitAsync(ChatApplication.Patience);

    public Task<Exception?> Closed => _closed.Task.WaitAsync(ChatApplication.Patience);

    /// <summary>Connects and waits until pushes come in.</summary>
    public static async Task<Listener> ConnectAsync(ChatApplication chat, string node, string token, string? presence = null)
    {
        var listener = await StartAsync(chat, node, token, presence);
        await listener._ready.Task.WaitAsync(ChatApplication.Patience);
        return listener;
    }

    /// <summary>Connects and does not wait.</summary>
    public static async Task<Listener> StartAsync(ChatApplication chat, string node, string token, string? presence = null)
    {
        var hub = HubUri(chat, node, token);
        var listener = new Listener(presence is null ? hub : new Uri($"{hub}&presence={presence}"));
        using var patience = new CancellationTokenSource(ChatApplication.Patience);
        await listener.Hub.StartAsync(patience.Token);
        return listener;
    }

    public static Uri HubUri(ChatApplication chat, string node, string? token) => new UriBuilder(chat.Client(node).BaseAddress!)
    {
        Scheme = "ws",
        Path = "/hub",
        Query = token is null ? "" : $"access_token={Uri.EscapeDataString(token)}",
    }.Uri;

    /// <summary>Waits for an event that satisfies the condition, and returns the first such.</summary>
    public async Task<JsonElement> HearsAsync(string what, Func<JsonElement, bool> condition)
    {
        await Eventually.HoldsAsync($"hears {what}", ChatApplication.Patience, () => Task.FromResult(_events.Any(condition)));
        return _events.First(condition);
    }

    /// <summary>Waits for a call other than <c>receive</c> that satisfies the condition, and returns the first such.</summary>
    public async Task<JsonElement> IsToldAsync(string call, Func<JsonElement, bool>? condition = null)
    {
        condition ??= _ => true;
        await Eventually.HoldsAsync($"is told {call}", ChatApplication.Patience, () => Task.FromResult(Said(call).Any(condition)));
        return Said(call).First(condition);
    }

    /// <summary>Waits for the event of a conversation that has this rev.</summary>
    public Task<JsonElement> HearsAsync(Guid conversation, long rev) =>
        HearsAsync($"rev {rev}", e => IsOf(e, conversation) && e.TryGetProperty("rev", out var r) && r.GetInt64() == rev);

    public bool HasHeard(Guid conversation) => _events.Any(e => IsOf(e, conversation));

    /// <summary>The revs heard of a conversation, in the order in which they came.</summary>
    public long[] Revs(Guid conversation) =>
        [.. _events.Where(e => IsOf(e, conversation) && e.TryGetProperty("rev", out _)).Select(e => e.GetProperty("rev").GetInt64())];

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private static bool IsOf(JsonElement e, Guid conversation) =>
        e.TryGetProperty("conversationId", out var id) && id.GetGuid() == conversation;
}
