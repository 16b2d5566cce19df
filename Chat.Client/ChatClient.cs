using System.Text.Json;
using Chat.Contracts.Accounts;
using Chat.Contracts.Messages;

namespace Chat.Client;

/// <summary>
/// A user's client: holds their conversations and keeps them as the server has them, by the rules of docs/realtime.md, "A client". It
/// never gives up by itself; it ends when it is disposed of, or when the server says that its session is over.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http;
    private readonly Session _session;
    private readonly Keeper _keeper;
    private readonly Outbox _outbox;
    private readonly HubLink _link;
    private readonly Task<string> _linked;

    public ChatClient(ClientOptions options, SignIn signIn)
    {
        _http = new HttpClient { Timeout = options.CallTimeout };
        _session = new Session(options, _http, signIn);
        var api = new ApiCalls(options, _http, _session);
        _keeper = new Keeper(api, options, _session.UserId, _gate, _stop.Token);
        _outbox = new Outbox(api, options, Sent, _stop.Token);
        _link = new HubLink(options, _session, _keeper);
        _linked = Task.Run(() => _link.RunAsync(_stop.Token), CancellationToken.None);
    }

    public Guid UserId => _session.UserId;

    /// <summary>Completes when everything has been loaded for the first time.</summary>
    public Task Loaded => _keeper.Loaded;

    /// <summary>Every event as it comes in, applied or not. Must not wait.</summary>
    public event Action<JsonElement>? Received
    {
        add => _keeper.Received += value;
        remove => _keeper.Received -= value;
    }

    /// <summary>Completes with the server's code when it has said that no further connection makes sense.</summary>
    public Task<string> Refused => _linked;

    /// <summary>Reads what is held, while nothing changes it.</summary>
    public T Read<T>(Func<IReadOnlyDictionary<Guid, ConversationState>, T> what)
    {
        lock (_gate)
        {
            return what(_keeper.Conversations);
        }
    }

    /// <summary>Shows a message at once and sends it.</summary>
    public PendingMessage Send(Guid conversation, SendMessageRequest request)
    {
        var pending = new PendingMessage(conversation, request);
        lock (_gate)
        {
            _keeper.Conversations.GetValueOrDefault(conversation)?.Add(pending);
        }

        _outbox.Add(pending);
        return pending;
    }

    /// <summary>The network is another one now, or the device was asleep: drops the connection, without a word, and makes a new one.</summary>
    public void Reconnect() => _link.Reconnect();

    /// <summary>Loads the messages before those that are held. False: there are none.</summary>
    public Task<bool> LoadOlderAsync(Guid conversation) => _keeper.LoadOlderAsync(conversation);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_linked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _keeper.EndedAsync();
        _session.Dispose();
        _http.Dispose();
        _stop.Dispose();
    }

    private void Sent(PendingMessage pending, Message? message)
    {
        lock (_gate)
        {
            if (_keeper.Conversations.GetValueOrDefault(pending.ConversationId) is { } state)
            {
                if (message is null)
                {
                    state.Withdraw(pending);
                }
                else
                {
                    state.Apply(message);
                }
            }
        }

        pending.End(message);
    }
}
