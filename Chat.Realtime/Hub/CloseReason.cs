namespace Chat.Realtime.Hub;

/// <summary>
/// Why a connection ended. Every end has one of these names; it is the label of <c>chat.realtime.closed</c>, and those who can still
/// read are told it by <c>closing</c> before. <paramref name="Reconnect"/> says whether another attempt with the same token makes sense.
/// </summary>
internal sealed record CloseReason(string Code, bool Reconnect)
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
    public static readonly CloseReason Unavailable = new("unavailable", Reconnect: true);

    /// <summary>This node is about to stop; another one will answer.</summary>
    public static readonly CloseReason Draining = new("draining", Reconnect: true);
}
