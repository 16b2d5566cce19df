using System.ComponentModel.DataAnnotations;
using Chat.Data.Compaction;

namespace Chat.Worker.Housekeeping;

/// <summary>The section <c>Housekeeping</c> of the configuration. Times as <c>days.hours:minutes:seconds</c>.</summary>
internal sealed class HousekeepingOptions
{
    public const string Section = "Housekeeping";

    /// <summary>How long a client may be away and still catch up by <c>changes?since=</c>, at least; at most twice as long.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepChangesFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Changes of one conversation that are kept at most, however young.</summary>
    [Range(1_000, 100_000_000)]
    public long KeepChangesOfConversation { get; set; } = 100_000;

    /// <summary>Changes of one user's own stream that are kept at most, however young.</summary>
    [Range(1_000, 10_000_000)]
    public long KeepChangesOfUser { get; set; } = 10_000;

    /// <summary>How often a stream is looked after.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan CompactEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a session that is over is kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepSessionsFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Of a conversation's stream at least so many rows must be superseded for it to be scanned.</summary>
    private const long Worthwhile = 1_000;

    public CompactionBounds OfConversations => new(KeepChangesOfConversation, KeepChangesFor, Worthwhile, CompactEvery);

    public CompactionBounds OfUsers => new(KeepChangesOfUser, KeepChangesFor, Worthwhile: 1, CompactEvery);
}
