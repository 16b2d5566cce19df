namespace Chat.Contracts.Operations;

/// <summary>The state of an installation, as one API process sees it.</summary>
/// <param name="Epoch">Identifies the history of this database; a restored backup gets another.</param>
/// <param name="Database">The database behind the pooler.</param>
/// <param name="Redis">Null while Redis cannot be reached, which loses no message.</param>
public sealed record SystemStatus(Guid Epoch, DatabaseStatus Database, RedisStatus? Redis);

/// <param name="Version">The server's version, such as "15.18".</param>
/// <param name="Durable">Whether a commit is acknowledged only after it has reached the disk: fsync, full_page_writes and synchronous_commit are on.</param>
/// <param name="Connections">Server connections in use by this application now.</param>
/// <param name="SizeBytes">The database's size on disk.</param>
public sealed record DatabaseStatus(string Version, bool Durable, int Connections, long SizeBytes);

/// <param name="RealtimeNodes">Realtime processes heard of in the last seconds, by name.</param>
public sealed record RedisStatus(IReadOnlyList<string> RealtimeNodes);
