using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Chat.Contracts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Events;

namespace Chat.Client;

/// <summary>
/// Keeps what is held as the server has it. What concerns all (the user's own stream, loading a conversation) goes one after the other,
/// so that a later answer is never overtaken by an earlier one; conversations catch up beside that, each one question at a time.
/// </summary>
internal sealed class Keeper : IHubEvents
{
    private const int PageSize = 100;
    private readonly ApiCalls _api;
    private readonly ClientOptions _options;
    private readonly Guid _userId;
    private readonly Lock _gate;
    private readonly CancellationToken _stop;
    private readonly Dictionary<Guid, ConversationState> _conversations = [];
    private readonly Dictionary<ConversationState, Asking> _asking = [];
    private readonly HashSet<Guid> _toLoad = [];
    private readonly Channel<bool> _work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _working;
    private string? _ownToken;
    private long _ownRev;
    private bool _askOwn;
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

    private void Work() => _work.Writer.TryWrite(true);

    private async Task WorkAsync()
    {
        try
        {
            while (await _work.Reader.WaitToReadAsync(_stop))
            {
                _work.Reader.TryRead(out _);
                while (true)
                {
                    Guid? load = null;
                    lock (_gate)
                    {
                        if (_askOwn)
                        {
                            _askOwn = false;
                        }
                        else if (_toLoad.Count > 0)
                        {
                            load = _toLoad.First();
                            _toLoad.Remove(load.Value);
                        }
                        else
                        {
                            break;
                        }
                    }

                    await (load is { } id ? LoadAsync(id) : AskOwnAsync());
                }

                if (_ownToken is not null)
                {
                    _loaded.TrySetResult();
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SessionEndedException)
        {
            _loaded.TrySetCanceled(CancellationToken.None);
        }
    }

    /// <summary>First the token alone, then what there is: so that what happens in between comes with the token.</summary>
    private async Task AskOwnAsync()
    {
        if (_ownToken is null)
        {
            var begin = await _api.GetAsync("/api/changes", ContractsJson.Default.OwnChangePage, _stop);
            if (begin.Value is not { } now)
            {
                return;
            }

            await ListAsync();
            (_ownToken, _ownRev) = (now.Next, now.Rev);
            return;
        }

        for (var more = true; more;)
        {
            var answer = await _api.GetAsync($"/api/changes?since={_ownToken}", ContractsJson.Default.OwnChangePage, _stop);
            if (answer.Status == HttpStatusCode.Gone)
            {
                _ownToken = null;
                lock (_gate)
                {
                    _askOwn = true;
                }

                return;
            }

            if (answer.Value is not { } page)
            {
                return;
            }

            lock (_gate)
            {
                page.Conversations.ToList().ForEach(Take);
                foreach (var own in page.Messages)
                {
                    _conversations.GetValueOrDefault(own.ConversationId)?.Apply(own);
                }
            }

            (more, _ownToken, _ownRev) = (page.More, page.Next, page.Rev);
        }
    }

    private void Take(OwnConversation own)
    {
        if (own.Conversation is null)
        {
            _conversations.Remove(own.ConversationId);
        }
        else if (_conversations.TryGetValue(own.ConversationId, out var held))
        {
            // Somebody who left and came back may have been away for long: what is held is caught up with.
            held.Apply(own.Conversation);
            Ask(held, always: true, TimeSpan.Zero);
        }
        else
        {
            _conversations[own.ConversationId] = new ConversationState(own.ConversationId, _userId);
            _toLoad.Add(own.ConversationId);
        }
    }

    private async Task ListAsync()
    {
        var listed = new HashSet<Guid>();
        for (string? after = ""; after is not null;)
        {
            var page = await _api.GetAsync(
                $"/api/conversations?limit={PageSize}{(after.Length == 0 ? "" : $"&after={after}")}", ContractsJson.Default.ConversationList, _stop);
            foreach (var conversation in page.Value?.Items ?? [])
            {
                listed.Add(conversation.Id);
            }

            after = page.Value?.Next;
        }

        lock (_gate)
        {
            foreach (var gone in _conversations.Keys.Except(listed).ToArray())
            {
                _conversations.Remove(gone);
            }

            foreach (var id in listed)
            {
                _conversations.TryAdd(id, new ConversationState(id, _userId));
                _toLoad.Add(id);
            }
        }
    }

    /// <summary>Loads it, or anew; where the user is no member any more, lets it go.</summary>
    private async Task LoadAsync(Guid id)
    {
        lock (_gate)
        {
            _conversations.GetValueOrDefault(id)?.BeginLoading();
        }

        var page = await _api.GetAsync($"/api/conversations/{id}/messages?limit={PageSize}", ContractsJson.Default.MessagePage, _stop);
        var conversation = await _api.GetAsync($"/api/conversations/{id}", ContractsJson.Default.Conversation, _stop);
        lock (_gate)
        {
            if (page.Value is null || conversation.Value is null)
            {
                _conversations.Remove(id);
            }
            else if (_conversations.TryGetValue(id, out var state))
            {
                state.Load(page.Value, conversation.Value);
                if (state.IsBehind)
                {
                    Ask(state, always: false, TimeSpan.Zero);
                }
            }
        }
    }

    /// <summary>Sees to it that a conversation is asked for; one question at a time, and as many more as came up meanwhile: one.</summary>
    /// <param name="always">Else only where it is still behind when its turn comes.</param>
    /// <param name="within">At a random moment within that time.</param>
    /// <param name="atOnce">False: not before that time.</param>
    private void Ask(ConversationState state, bool always, TimeSpan within, bool atOnce = true)
    {
        if (_asking.TryGetValue(state, out var asking))
        {
            asking.Again = true;
            asking.Always |= always;
            return;
        }

        asking = new Asking { Always = always };
        _asking[state] = asking;
        _ = Task.Run(() => CatchUpAsync(state, asking, within * (atOnce ? Random.Shared.NextDouble() : 1)), CancellationToken.None);
    }

    private async Task CatchUpAsync(ConversationState state, Asking asking, TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _stop);
            while (TakeTurn(state, asking))
            {
                var answer = await _api.GetAsync(
                    $"/api/conversations/{state.Id}/changes?since={state.Token}", ContractsJson.Default.ChangePage, _stop);
                lock (_gate)
                {
                    if (answer.Value is { Reload: false } page)
                    {
                        state.Apply(page);
                        asking.Always |= page.More;
                        asking.Again |= page.More;
                    }
                    else if (_conversations.GetValueOrDefault(state.Id) == state)
                    {
                        if (answer.Status == HttpStatusCode.Gone)
                        {
                            state.Forget();
                        }

                        // Too much has changed, the token is of the past (410), or the user may be no member any more (404).
                        _toLoad.Add(state.Id);
                    }
                }

                if (answer.Value is not { Reload: false })
                {
                    Work();
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SessionEndedException)
        {
            lock (_gate)
            {
                _asking.Remove(state);
            }
        }
    }

    /// <summary>False: nothing is left to be asked for, and the asking is over.</summary>
    private bool TakeTurn(ConversationState state, Asking asking)
    {
        lock (_gate)
        {
            var isWanted = asking.Always || (asking.Again | asking.IsFirst && state.IsBehind);
            if (!isWanted || state.Conversation is null || _toLoad.Contains(state.Id) || _conversations.GetValueOrDefault(state.Id) != state)
            {
                _asking.Remove(state);
                return false;
            }

            (asking.Always, asking.Again, asking.IsFirst) = (false, false, false);
            return true;
        }
    }

    private sealed class Asking
    {
        public bool IsFirst { get; set; } = true;

        public bool Again { get; set; }

        public bool Always { get; set; }
    }
}
