using Chat.Contracts.Messages;

namespace Chat.LoadTests.Seeding.Copying;

/// <summary>What a conversation that is being seeded has come to so far.</summary>
internal sealed class History
{
    private static readonly TimeSpan PerMessage = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);
    private readonly TimeSpan _step;
    private readonly long[] _lastOwnSeqs;
    private readonly List<SeededFile> _files = [];

    public History(ConversationPlan plan, DateTimeOffset now)
    {
        Plan = plan;
        _lastOwnSeqs = new long[plan.Members.Count];
        var count = Math.Max(1, plan.Messages.Sum(part => part.Count));
        _step = PerMessage * count < Longest ? PerMessage : Longest / count;
        CreatedAt = now - (_step * (count + 1));
        Id = Guid.CreateVersion7(CreatedAt);
        ActiveAt = CreatedAt;
    }

    public ConversationPlan Plan { get; }

    public Guid Id { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the last message was said.</summary>
    public DateTimeOffset ActiveAt { get; private set; }

    public long LastSeq { get; private set; }

    /// <summary>Its creation is the first change, every message one more.</summary>
    public long LastRev => LastSeq + 1;

    public (Guid SenderId, Saying Said)? Last { get; private set; }

    /// <summary>Of its images and files, each owned by whoever sent it.</summary>
    public IReadOnlyList<SeededFile> Files => _files;

    /// <summary>The last that this member has said themselves, which they have therefore read.</summary>
    public long LastOwnSeq(int member) => _lastOwnSeqs[member];

    /// <summary>Somebody says something, up to a step later than the last.</summary>
    public void Say(in Saying said, Random random)
    {
        var member = random.Next(Plan.Speakers);
        LastSeq++;
        ActiveAt = CreatedAt + (_step * (LastSeq + random.NextDouble() - 1));
        _lastOwnSeqs[member] = LastSeq;
        Last = (Plan.Members[member].Id, said);
        if (said.Content?.File is { } file)
        {
            _files.Add(new SeededFile(Plan.Members[member].Id, file, ActiveAt, Id, LastSeq, said.Kind));
        }
    }
}

/// <summary>A file, and the message that carries it.</summary>
internal sealed record SeededFile(Guid OwnerId, FileContent File, DateTimeOffset SentAt, Guid ConversationId, long Seq, MessageKind Kind);
