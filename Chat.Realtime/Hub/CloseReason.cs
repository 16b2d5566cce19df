using Chat.Contracts.Events;

namespace Chat.Realtime.Hub;

/// <summary>
/// Why a connection ended. Every end has one of these names; it is the label of <c>chat.realtime.closed</c>, and those who can still
/// read are told it by <c>closing</c> before. <paramref name="Reconnect"/> says whether another attempt with the same token makes sense.
/// </summary>
/// <param name="AfterFrom">Seconds: the earliest that a client is told to come back after.</param>
/// <param name="AfterTo">The latest; which of them is chance, so that they do not come all at once.</param>
internal sealed record CloseReason(string Code, bool Reconnect, double AfterFrom = 0, double AfterTo = 0)
{
    /// <summary>The client closed it.</summary>
    public static readonly CloseReason ClientLeft = new("clientLeft", Reconnect: true);

    /// <summary>The network lost it, or the client fell silent.</summary>
    public static readonly CloseReason Lost = new("lost", Reconnect: true);

    /// <summary>The client sent what is not the SignalR protocol, or too much of it.</summary>
    public static readonly CloseReason ProtocolError = new("protocolError", Reconnect: false);

    /// <summary>It did not read what it was sent, and would have held up nobody but cost memory without end. Cannot be told.</summary>
    public static readonly CloseReason TooSlow = new("tooSlow", Reconnect: true);

    /// <summary>Its session was ended: signed out, here or elsewhere.</summary>
    public static readonly CloseReason SignedOut = new("signedOut", Reconnect: false);

    /// <summary>Its access token has come to its end; with a new one it may come back at once.</summary>
    public static readonly CloseReason TokenExpired = new("tokenExpired", Reconnect: true);

    /// <summary>The user has as many connections to this node as one may have.</summary>
    public static readonly CloseReason TooManyConnections = new("tooManyConnections", Reconnect: false);

    /// <summary>The user's conversations could not be read in time.</summary>
    public static readonly CloseReason Unavailable = new("unavailable", Reconnect: true, AfterFrom: 1, AfterTo: 5);

    /// <summary>It said more than a client has reason to.</summary>
    public static readonly CloseReason TooManyCalls = new("tooManyCalls", Reconnect: true, AfterFrom: 10, AfterTo: 10);

    /// <summary>This node is about to stop; another one will answer. Each client is told a moment of its own.</summary>
    public static readonly CloseReason Draining = new("draining", Reconnect: true);

    public Closing Farewell() =>
        new(Code, Reconnect, (int)(1000 * (AfterFrom + ((AfterTo - AfterFrom) * Random.Shared.NextDouble()))));
}
