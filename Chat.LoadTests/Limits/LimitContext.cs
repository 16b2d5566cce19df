namespace Chat.LoadTests.Limits;

/// <summary>The load under which limits are measured, the same as the scenario's; and where its stores are. What is null is not known.</summary>
internal sealed record LimitContext
{
    /// <summary>Clients that each have one request under way at any time: of the endpoint, of the database, of Redis.</summary>
    public int Connections { get; init; } = 50;

    /// <summary>Among which the database's messages are spread evenly, at random.</summary>
    public int Conversations { get; init; } = 1;

    /// <summary>Sockets that listen to the hub, all in one group.</summary>
    public int Listeners { get; init; } = 100;

    /// <summary>What the compiler at run time needs on a busy machine, before the code is as fast as it gets.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Connection string of the database's owner, past the pooler.</summary>
    public string? Owner { get; init; }

    /// <summary>Connection string of the application's role, through the pooler.</summary>
    public string? Pooled { get; init; }

    /// <summary>A directory on the disk of the data.</summary>
    public string? Directory { get; init; }
}
