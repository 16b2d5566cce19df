using System.Net;
using Chat.Contracts;

namespace Chat.Client;

/// <content>Catching up with single conversations.</content>
internal sealed partial class Keeper
{
    private readonly Dictionary<ConversationState, Asking> _asking = [];

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
            // What is missing may still come as a push, and who comes back asks at a moment of its own (catchUpWithin).
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
