using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Events;

/// <summary>
/// Sent as <c>ready</c> once pushes of all the user's conversations reach this connection. What happened before, the client asks
/// for now: asking earlier could miss what happens in between.
/// </summary>
/// <param name="UserId">Whose connection it is.</param>
/// <param name="OwnRev">The latest of the user's own stream; 0 where nothing has happened in it.</param>
/// <param name="Heads">The latest rev of each of the user's conversations; null beyond <see cref="MaxHeads"/>.</param>
/// <param name="CatchUpWithin">Milliseconds: what is missing is to be asked for at a random moment within them.</param>
public sealed record Ready(Guid UserId, long OwnRev, IReadOnlyDictionary<Guid, long>? Heads, int CatchUpWithin)
{
    public const int MaxHeads = 1_000;
}

/// <summary>Sent as <c>heads</c>: what is committed, and newer than any push that came through this node.</summary>
/// <param name="Heads">The latest rev of each conversation concerned; at most <see cref="Ready.MaxHeads"/>.</param>
/// <param name="OwnRev">The latest of the user's own stream; null where the user has been told it.</param>
/// <param name="CatchUpWithin">As in <see cref="Ready"/>.</param>
public sealed record NewHeads(IReadOnlyDictionary<Guid, long> Heads, long? OwnRev, int CatchUpWithin);

/// <summary>Sent as <c>degraded</c>: no pushes come until <see cref="Recovered"/>.</summary>
/// <param name="PollEvery">Milliseconds between a client's own questions for what it shows.</param>
public sealed record Degraded(int PollEvery);

/// <summary>Sent as <c>recovered</c>: pushes come again; what was missed is told by <c>heads</c>.</summary>
public sealed record Recovered;

/// <summary>Sent as <c>typing</c>: somebody else is writing in a conversation. Never stored; to be shown for 5 s.</summary>
public sealed record UserTyping(Guid ConversationId, Guid UserId);

/// <summary>Sent as <c>presence</c>, and the answer of <c>watchPresence</c>: how a watched person is there.</summary>
/// <param name="State">One of <see cref="PresenceStates"/>; who is invisible is told as offline.</param>
/// <param name="LastSeen">Of who is offline: when they were last here; null where that is not known.</param>
public sealed record UserPresence(Guid UserId, string State, DateTimeOffset? LastSeen);

public static class PresenceStates
{
    public const string Online = "online";
    public const string Away = "away";

    /// <summary>Only said of oneself; the others see <see cref="Offline"/>.</summary>
    public const string Invisible = "invisible";

    /// <summary>Only said of others.</summary>
    public const string Offline = "offline";
}

/// <summary>Sent as <c>closing</c>, the last thing before the server ends a connection, to those who can still read.</summary>
/// <param name="Code">Why, in one word: see docs/realtime.md.</param>
/// <param name="Reconnect">False: another attempt with the same token will end the same way.</param>
/// <param name="After">Milliseconds from now at which to connect again, not before. Pushes may still come until the socket is closed.</param>
public sealed record Closing(string Code, bool Reconnect, int After);

/// <summary>
/// Sent by <c>receive</c>, with the type <c>conversationJoined</c> or <c>conversationLeft</c>, to the user themself. From the one on
/// they are pushed the conversation's events, from the other on no more.
/// </summary>
/// <param name="Type">Which of the two.</param>
/// <param name="MembershipVersion">The conversation's membership version after it.</param>
public sealed record OwnMembershipChanged(string Type, Guid ConversationId, long MembershipVersion);

/// <summary>
/// Sent by <c>receive</c> to the user themself, on all their connections: something has changed that is theirs alone, which
/// <c>GET /api/changes?since=</c> tells. For a joined or left conversation there is <see cref="OwnMembershipChanged"/> instead.
/// </summary>
/// <param name="Rev">Of the user's own stream; a client that has been told as much already need not ask.</param>
public sealed record OwnChanged(long Rev)
{
    [JsonPropertyOrder(-1)]
    public string Type => "ownChanged";
}

/// <summary>How the events that a realtime node makes itself are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Ready))]
[JsonSerializable(typeof(Closing))]
[JsonSerializable(typeof(OwnMembershipChanged))]
[JsonSerializable(typeof(OwnChanged))]
[JsonSerializable(typeof(NewHeads))]
[JsonSerializable(typeof(Degraded))]
[JsonSerializable(typeof(Recovered))]
[JsonSerializable(typeof(UserTyping))]
[JsonSerializable(typeof(UserPresence))]
public sealed partial class ConnectionJson : JsonSerializerContext;
