using System.Net;
using System.Threading.Channels;
using Chat.Contracts;
using Chat.Contracts.Conversations;

namespace Chat.Client;

/// <content>What goes one after the other: the user's own stream, and loading.</content>
internal sealed partial class Keeper
{
    private readonly HashSet<Guid> _toLoad = [];
    private readonly Channel<bool> _work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _ownToken;
    private long _ownRev;
    private bool _askOwn;

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
        foreach (var which in (string[])["", "&archived=true"])
        {
            for (string? after = ""; after is not null;)
            {
                var page = await _api.GetAsync(
                    $"/api/conversations?limit={PageSize}{which}{(after.Length == 0 ? "" : $"&after={after}")}",
                    ContractsJson.Default.ConversationList, _stop);
                foreach (var conversation in page.Value?.Items ?? [])
                {
                    listed.Add(conversation.Id);
                }

                after = page.Value?.Next;
            }
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
}
