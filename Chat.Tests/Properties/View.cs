using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Properties;

/// <summary>What a member's client holds of one conversation: loaded once, and from then on kept up by changes alone.</summary>
internal sealed class View
{
    private readonly Guid _conversation;
    private readonly Dictionary<long, Message> _messages;
    private readonly Dictionary<long, string> _mine;
    private readonly HashSet<long> _hidden = [];
    private readonly SemaphoreSlim _turn = new(1);
    private Conversation _shared;
    private string _token;
    private string _ownToken;

    private View(Conversation shared, MessagePage page, string ownToken)
    {
        (_conversation, _shared, _token, _ownToken) = (shared.Id, shared, shared.ChangesToken!, ownToken);
        _messages = page.Items.ToDictionary(m => m.Seq);
        _mine = page.Mine.ToDictionary(own => own.Seq, own => Mine(own.Emoji, own.Vote));
    }

    /// <summary>The tokens first, so that what happens between the calls comes again with the changes.</summary>
    public static async Task<View> LoadAsync(HttpClient client, Guid conversation)
    {
        var own = await client.OwnChangesAsync();
        var shared = await client.ConversationAsync(conversation);
        return new View(shared, await client.HistoryAsync(conversation, "?limit=100"), own.Next);
    }

    /// <summary>Asks for changes until there are no more. False: it has been away for too long, and must load anew.</summary>
    public async Task<bool> CatchUpAsync(HttpClient client, int limit)
    {
        // A client does one at a time, however often it is told to.
        await _turn.WaitAsync();
        try
        {
            return await CatchUpAloneAsync(client, limit);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Everything that a client shows, as text: two views are equal if these are.</summary>
    public string Show()
    {
        var messages = _messages.Values.Where(m => !_hidden.Contains(m.Seq)).OrderBy(m => m.Seq)
            .Select(m => System.Text.Json.JsonSerializer.Serialize(m, ContractsJson.Unescaped.Message));
        var mine = _mine.Where(own => own.Value.Length > 0 && !_hidden.Contains(own.Key) && _messages[own.Key].DeletedAt is null).OrderBy(own => own.Key)
            .Select(own => $"{own.Key}: {own.Value}");
        var members = $"{_shared.MembershipVersion} {_shared.MemberCount} {string.Join(' ', _shared.FirstMembers)}";
        return string.Join('\n', [members, .. mine, .. messages]);
    }

    private async Task<bool> CatchUpAloneAsync(HttpClient client, int limit)
    {
        for (var more = true; more;)
        {
            using var answer = await client.GetAsync($"/api/conversations/{_conversation}/changes?since={_token}&limit={limit}");
            if (answer.StatusCode == HttpStatusCode.Gone)
            {
                return false;
            }

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.ChangePage))!;
            Apply(page);
            (more, _token) = (page.More, page.Next);
        }

        for (var more = true; more;)
        {
            var page = await client.OwnChangesAsync(_ownToken, $"&limit={limit}");
            foreach (var own in page.Messages.Where(m => m.ConversationId == _conversation))
            {
                _mine[own.Seq] = Mine(own.Reactions, own.Vote);
                _ = own.Hidden && _hidden.Add(own.Seq);
            }

            (more, _ownToken) = (page.More, page.Next);
        }

        return true;
    }

    private static string Mine(IReadOnlyList<string> emoji, IReadOnlyList<int>? vote) =>
        string.Join(' ', [.. emoji.Order(StringComparer.Ordinal), .. vote?.Select(option => $"{option}") ?? []]);

    private void Apply(ChangePage page)
    {
        foreach (var message in page.Messages.Where(m => !_messages.TryGetValue(m.Seq, out var held) || held.Rev < m.Rev))
        {
            _messages[message.Seq] = message;
        }

        _shared = page.Conversation ?? _shared;
    }
}
