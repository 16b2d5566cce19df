using System.Collections.Concurrent;
using System.Net;
using Chat.Tests.Support;

namespace Chat.Tests.Properties;

/// <summary>
/// What a message (seq 1) and two polls must come to show, from the answers alone. A poll that was closed when a round began and was not
/// reopened in it takes no vote; one that was open and was not closed takes each.
/// </summary>
internal sealed class ClickModel(ChatApplication chat, Guid conversation, Actor[] people)
{
    private static readonly string[] Emoji = ["👍", "🎉", "🚀"];

    private readonly ConcurrentDictionary<(int Who, string Emoji), bool> _reactions = new();
    private readonly ConcurrentDictionary<(int Who, int Poll), int[][]> _votes = new();
    private readonly ConcurrentDictionary<(int Poll, string Change), bool> _changes = new();
    private readonly bool[] _closed = new bool[4];

    public async Task ReactAsync(int who, int n, bool wanted)
    {
        var (emoji, client) = (Emoji[n % Emoji.Length], people[who].At(n));
        await (wanted ? client.ReactAsync(conversation, 1, emoji) : client.TakeBackAsync(conversation, 1, emoji));
        _reactions[(who, emoji)] = wanted;
    }

    public async Task VoteAsync(int who, int poll, int n, int[] options)
    {
        var client = people[who].At(n);
        using var answer = options is []
            ? await client.DeleteAsync($"{Conversing.Address(conversation, poll)}/vote")
            : await client.TryVoteAsync(conversation, poll, options);
        Assert.True(answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.Conflict, $"{(int)answer.StatusCode}");
        _changes[(poll, answer.StatusCode == HttpStatusCode.Conflict ? "refused" : "taken")] = true;
        if (answer.StatusCode == HttpStatusCode.NoContent)
        {
            // What is so already is granted also when the poll is closed.
            _changes[(poll, IsSo(who, poll, options) ? "same" : "new")] = true;
            _votes[(who, poll)] = [options];
        }
    }

    /// <summary>Two votes of one person at once, at two replicas.</summary>
    public async Task RaceAsync(int who, int poll, int one, int other)
    {
        var options = new[] { one, other };
        var answers = await Task.WhenAll(options.Select((option, replica) => people[who].At(replica).TryVoteAsync(conversation, poll, option)));
        int[][] taken = [.. answers.Zip(options).Where(v => v.First.StatusCode == HttpStatusCode.NoContent).Select(v => new[] { v.Second })];
        Array.ForEach(answers, answer => answer.Dispose());
        if (taken.Length > 0)
        {
            _votes[(who, poll)] = taken;
        }
    }

    public async Task ChangeAsync(int who, int poll, int n, string change)
    {
        using var answer = await people[who].At(n).TryChangePollAsync(conversation, poll, change);
        Assert.Equal(who == 0 ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        _changes[(poll, who == 0 ? change : "none")] = true;
    }

    public async Task AddOptionAsync(int who, int poll, int n)
    {
        using var answer = await people[who].At(n).TryAddOptionAsync(conversation, poll, $"{n % 4}");
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{(int)answer.StatusCode}");
    }

    public void EndRound()
    {
        for (var poll = 2; poll <= 3; poll++)
        {
            var (close, reopen) = (_changes.ContainsKey((poll, "close")), _changes.ContainsKey((poll, "reopen")));
            Assert.False(_closed[poll] && !reopen && _changes.ContainsKey((poll, "new")), "A closed poll took a vote.");
            Assert.False(!_closed[poll] && !close && _changes.ContainsKey((poll, "refused")), "An open poll refused a vote.");
            _closed[poll] = close || (_closed[poll] && !reopen);
        }

        _changes.Clear();
    }

    /// <summary>What must hold when all is counted, and after every client has caught up.</summary>
    public async Task CheckAsync()
    {
        await chat.IsCountedAsync(conversation);
        var pages = await Task.WhenAll(people.Select((person, who) => person.At(who).HistoryAsync(conversation)));
        var shown = pages[0].Items;
        Assert.Equal(
            _reactions.Where(r => r.Value).GroupBy(r => r.Key.Emoji).Select(r => (r.Key, r.Count())).Order(),
            (shown[0].Reactions ?? []).Select(r => (r.Emoji, r.Count)).Order());
        for (var who = 0; who < people.Length; who++)
        {
            var mine = pages[who].Mine.ToDictionary(own => own.Seq);
            Assert.Equal(
                _reactions.Where(r => r.Value && r.Key.Who == who).Select(r => r.Key.Emoji).Order(StringComparer.Ordinal),
                (mine.TryGetValue(1, out var own) ? own.Emoji : []).Order(StringComparer.Ordinal));
            for (var poll = 2; poll <= 3; poll++)
            {
                var vote = mine.TryGetValue(poll, out own) ? own.Vote!.ToArray() : [];
                Assert.Contains(Possible(who, poll), possible => possible.Order().SequenceEqual(vote));
            }
        }

        for (var poll = 2; poll <= 3; poll++)
        {
            var votes = pages.Select(page => page.Mine.FirstOrDefault(own => own.Seq == poll)?.Vote).OfType<IReadOnlyList<int>>().ToList();
            var (tally, options) = (shown[poll - 1].Tally, shown[poll - 1].Content!.Poll!.Options.Count);
            Assert.Equal(votes.Count, tally?.Voters ?? 0);
            Assert.Equal(Enumerable.Range(0, options).Select(n => votes.Count(v => v.Contains(n))), tally?.Counts ?? [.. new int[options]]);
            Assert.Equal(_closed[poll], shown[poll - 1].Content!.Poll!.ClosedAt is not null);
        }
    }

    private int[][] Possible(int who, int poll) => _votes.GetValueOrDefault((who, poll)) ?? [[]];

    private bool IsSo(int who, int poll, int[] options) => Possible(who, poll).Any(possible => possible.Order().SequenceEqual(options.Order()));
}
