namespace Chat.LoadTests.Sockets;

/// <summary>Whom a socket is opened for.</summary>
/// <param name="Realtime">The address of a realtime node, http, without /hub.</param>
/// <param name="AccessToken">Of the user whose pushes it gets.</param>
/// <param name="Recipient">The number by which the receiver knows the socket: from 0, one for each socket, also of the same user.</param>
internal sealed record PushTarget(Uri Realtime, string AccessToken, int Recipient)
{
    /// <summary>The user's token as it is now, for a connection that is made later; null: the same.</summary>
    public Func<string>? Fresh { get; init; }
}

/// <summary>
/// Takes a push that arrived. Called by the socket's own loop, one push at a time for each recipient, and in the order of arrival; it
/// must not wait, as what it takes delays the next one.
/// </summary>
/// <param name="receivedAt">A timestamp of <see cref="System.Diagnostics.Stopwatch"/>, taken when the bytes had been read.</param>
internal delegate void PushHandler(int recipient, in Push push, long receivedAt);

/// <summary>How fast sockets are opened: a connect costs the server about a millisecond of CPU.</summary>
/// <param name="PerSecond">At most so many are begun in a second.</param>
/// <param name="AtOnce">At most so many are under way at a time.</param>
internal sealed record OpenRate(int PerSecond = 500, int AtOnce = 64);
