using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Events;

namespace Chat.Client;

/// <summary>
/// Keeps what is held as the server has it. What concerns all (the user's own stream, loading a conversation) goes one after the other,
/// so that a later answer is never overtaken by an earlier one; conversations catch up beside that, each one question at a time.
/// </summary>
internal sealed partial class Keeper : IHubEvents
{
    private const int PageSize = 100;
    private readonly ApiCalls _api;
    private readonly ClientOptions _options;
    private readonly Guid _userId;
    private readonly Lock _gate;
    private readonly CancellationToken _stop;
    private readonly Dictionary<Guid, ConversationState> _conversations = [];
    private readonly Task _working;
    private CancellationTokenSource? _polling;

    public Keeper(ApiCalls api, ClientOptions options, Guid userId, Lock gate, CancellationToken stop)
    {
        (_api, _options, _userId, _gate, _stop) = (api, options, userId, gate, stop);
        _working = Task.Run(WorkAsync, CancellationToken.None);
    }

    /// <summary>Under the gate only.</summary>
    public Dictionary<Guid, ConversationState> Conversations => _conversations;

    public Task Loaded => _loaded.Task;

    public event Action<JsonElement>? Received;

    public async Task EndedAsync() => await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void OnReady(Ready ready)
    {
        OnRecovered();
        lock (_gate)
        {
            _askOwn |= _ownToken is null || ready.OwnRev != _ownRev;
            foreach (var (id, state) in _conversations)
            {
                if (ready.Heads is null || (ready.Heads.TryGetValue(id, out var head) && state.Head(head)))
                {
                    Ask(state, always: ready.Heads is null, TimeSpan.FromMilliseconds(ready.CatchUpWithin));
                }

                // What is held and not a head, or a head and not held: the own stream tells, however it came about.
                _askOwn |= ready.Heads?.ContainsKey(id) == false;
            }

            _askOwn |= ready.Heads?.Keys.Any(id => !_conversations.ContainsKey(id)) == true;
        }

        Work();
    }

    public void OnHeads(NewHeads heads)
    {
        lock (_gate)
        {
            foreach (var (id, rev) in heads.Heads)
            {
                if (_conversations.TryGetValue(id, out var state) && state.Head(rev))
                {
                    Ask(state, always: false, TimeSpan.FromMilliseconds(heads.CatchUpWithin));
                }

                _askOwn |= state is null;
            }

            _askOwn |= heads.OwnRev > _ownRev;
        }

        Work();
    }

    public void OnReceive(JsonElement json)
    {
        Received?.Invoke(json);
        lock (_gate)
        {
            if (ConversationEvent.Read(json) is { } e)
            {
                // Of a conversation that is not held: the own stream tells of it soon, and it is loaded then.
                if (_conversations.TryGetValue(e.ConversationId, out var state))
                {
                    state.Apply(e);
                    if (state.IsBehind)
                    {
                        Ask(state, always: false, _options.GapPatience, atOnce: false);
                    }
                }

                return;
            }

            // ownChanged with its rev; conversationJoined and conversationLeft without.
            _askOwn |= !json.TryGetProperty("rev", out var rev) || rev.GetInt64() > _ownRev;
        }

        Work();
    }

    public void OnDegraded(Degraded degraded)
    {
        lock (_gate)
        {
            _polling?.Cancel();
            _polling = CancellationTokenSource.CreateLinkedTokenSource(_stop);
            _ = PollAsync(TimeSpan.FromMilliseconds(degraded.PollEvery), _polling.Token);
        }
    }

    public void OnRecovered()
    {
        lock (_gate)
        {
            _polling?.Cancel();
            _polling = null;
        }
    }

    public async Task<bool> LoadOlderAsync(Guid id)
    {
        long oldest;
        lock (_gate)
        {
            oldest = _conversations.GetValueOrDefault(id)?.Oldest ?? 1;
        }

        if (oldest == 1)
        {
            return false;
        }

        var page = await _api.GetAsync(
            $"/api/conversations/{id}/messages?before={oldest}&limit={PageSize}", ContractsJson.Default.MessagePage, _stop);
        lock (_gate)
        {
            if (page.Value is { } older && _conversations.TryGetValue(id, out var state) && state.Oldest == oldest)
            {
                state.LoadOlder(older);
            }
        }

        return true;
    }

    private async Task PollAsync(TimeSpan every, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            // Polls at the pace that the server asked for, jittered, while pushes fail to come.
            await Task.Delay(every * (0.5 + Random.Shared.NextDouble()), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_gate)
            {
                _askOwn = true;
                foreach (var state in _conversations.Values)
                {
                    Ask(state, always: true, TimeSpan.Zero);
                }
            }

            Work();
        }
    }
}
