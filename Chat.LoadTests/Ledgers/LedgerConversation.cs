namespace Chat.LoadTests.Ledgers;

/// <summary>A conversation that is watched.</summary>
/// <param name="Id">Which.</param>
/// <param name="LastSeq">Its last seq when the watch begins; only what comes after it is due.</param>
/// <param name="Recipients">The numbers of the sockets that are to get each of its messages.</param>
internal sealed record LedgerConversation(Guid Id, long LastSeq, IReadOnlyCollection<int> Recipients);
