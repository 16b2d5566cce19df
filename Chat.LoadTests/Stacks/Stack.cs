using System.Diagnostics.CodeAnalysis;
using Chat.LoadTests.Stacks.Telemetry;
using Npgsql;

namespace Chat.LoadTests.Stacks;

/// <summary>
/// What is under load: where each part of it is reached, as far as that is known. What needs a part that is not known says so.
/// </summary>
internal class Stack : IAsyncDisposable
{
    private static readonly Uri[] None = [];
    private readonly Dictionary<string, NpgsqlDataSource> _pools = [];

    /// <summary>Every replica of the API.</summary>
    public IReadOnlyList<Uri> Api { get; init; } = None;

    /// <summary>Every replica of the realtime service.</summary>
    [field: AllowNull]
    public IReadOnlyList<Uri> Realtime
    {
        get => field is { Count: > 0 } ? field : throw Unknown("the realtime service", "--realtime");
        init;
    }

    /// <summary>Of Postgres, directly and as the owner: may do everything.</summary>
    [AllowNull]
    public string OwnerConnection
    {
        get => field ?? throw Unknown("the database as its owner", "--owner");
        init;
    }

    /// <summary>Of PgBouncer, as the application's own role.</summary>
    [AllowNull]
    public string PooledConnection
    {
        get => field ?? throw Unknown("the database through PgBouncer", "--pooled");
        init;
    }

    [AllowNull]
    public RedisAddress Redis
    {
        get => field ?? throw Unknown("Redis", "--redis");
        init;
    }

    /// <summary>Whether requests are counted, for whoever reads a result.</summary>
    public string RateLimits { get; init; } = "as the stack has them";

    /// <summary>A pool of connections to Postgres as the owner; it is the stack's, and ends with it.</summary>
    /// <exception cref="CannotRunException">It is not known where that is.</exception>
    public NpgsqlDataSource Owner() => Pool(OwnerConnection);

    /// <summary>A pool of connections through PgBouncer; it is the stack's, and ends with it.</summary>
    /// <exception cref="CannotRunException">It is not known where that is.</exception>
    public NpgsqlDataSource Pooled() => Pool(PooledConnection);

    /// <summary>What the processes of this machine that are known to belong to the run have used so far: here only this one.</summary>
    public virtual ProcessSnapshot Processes() => ProcessSnapshot.Take([new("generator", Environment.ProcessId)]);

    /// <summary>What the services have told of themselves until now; null where their telemetry goes elsewhere.</summary>
    public virtual Task<TelemetrySnapshot?> TelemetryAsync(CancellationToken cancellationToken) => Task.FromResult<TelemetrySnapshot?>(null);

    /// <summary>Ends one of its processes at once, without a chance to clean up. It is not started again.</summary>
    /// <param name="name">By which <see cref="Processes"/> knows it.</param>
    /// <exception cref="CannotRunException">This stack is not ours to break.</exception>
    public virtual Task KillAsync(string name) =>
        throw new CannotRunException("This scenario kills a process, which it does only to a stack of its own: use --stack local.");

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
        {
            await pool.DisposeAsync();
        }
    }

    private NpgsqlDataSource Pool(string connection)
    {
        lock (_pools)
        {
            return _pools.TryGetValue(connection, out var pool) ? pool : _pools[connection] = NpgsqlDataSource.Create(connection);
        }
    }

    private static CannotRunException Unknown(string part, string option) =>
        new($"This needs {part}, and it is not known where that is: say it with {option}, or use --stack local.");
}
