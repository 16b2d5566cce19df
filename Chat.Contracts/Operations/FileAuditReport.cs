namespace Chat.Contracts.Operations;

/// <summary>What the last comparison of the files' store with the database has found.</summary>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Agrees">Every file had its bytes, all of them.</param>
/// <param name="Files">How many were looked at.</param>
/// <param name="Missing">Files of which bytes were not there, the file's own or its thumbnail's.</param>
/// <param name="WrongSize">Files with more or fewer bytes than they should have.</param>
/// <param name="OrphansRemoved">Bytes that belonged to nothing for an hour, and were removed.</param>
public sealed record FileAuditReport(DateTimeOffset FinishedAt, bool Agrees, long Files, long Missing, long WrongSize, long OrphansRemoved);
