using System.Collections.Concurrent;

namespace Chat.LoadTests.Ledgers;

/// <summary>One thing that somebody can have clicked on: an emoji of a message, or, with none, their vote in a poll.</summary>
internal readonly record struct ClickKey(Guid UserId, long Seq, string Emoji);

/// <summary>What was acknowledged of one conversation's reactions and votes. Each key is its user's alone, who does one thing at a time.</summary>
internal sealed class ClickLedger
{
    private readonly ConcurrentDictionary<ClickKey, int?> _expected = new();

    public int Count => _expected.Count;

    /// <param name="value">1 for a reaction, the options' bits for a vote; 0: it was taken back.</param>
    public void Acknowledged(ClickKey key, int value) => _expected[key] = value;

    /// <summary>It was not answered, so what is there is not known until the next one is.</summary>
    public void InDoubt(ClickKey key) => _expected[key] = null;

    /// <summary>0 where there is nothing, or nothing known.</summary>
    public int Value(ClickKey key) => _expected.GetValueOrDefault(key) ?? 0;

    /// <summary>How many are there that should not be, or otherwise, or missing.</summary>
    public long Compare(IReadOnlyDictionary<ClickKey, int> rows) =>
        _expected.LongCount(e => e.Value is { } value && rows.GetValueOrDefault(e.Key) != value) + rows.Keys.LongCount(key => !_expected.ContainsKey(key));
}
