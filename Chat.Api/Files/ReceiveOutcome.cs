using Chat.Data.Files;

namespace Chat.Api.Files;

/// <summary>What came of receiving.</summary>
internal abstract record ReceiveOutcome
{
    private ReceiveOutcome()
    {
    }

    /// <summary>So much is stored; more is to come.</summary>
    public sealed record Progress(long Received) : ReceiveOutcome;

    public sealed record Finished(FileFacts File) : ReceiveOutcome;

    /// <summary>The body was not what its checksum says; it was dropped.</summary>
    public sealed record Mismatch : ReceiveOutcome;

    /// <summary>Longer than it may be.</summary>
    public sealed record TooLarge : ReceiveOutcome;

    /// <summary>Another request still writes to it.</summary>
    public sealed record Taken : ReceiveOutcome;

    /// <summary>It was ended, or taken over, meanwhile.</summary>
    public sealed record Ended : ReceiveOutcome;
}
