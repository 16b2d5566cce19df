using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Contracts.Events;

/// <summary>
/// Sent as <c>ready</c> once pushes of all the user's conversations reach this connection. What happened before, the client asks
/// for now: asking earlier could miss what happens in between.
/// </summary>
/// <param name="UserId">Whose connection it is.</param>
public sealed record Ready(Guid UserId);

/// <summary>Sent as <c>closing</c>, the last thing before the server ends a connection, to those who can still read.</summary>
/// <param name="Code">Why, in one word: see docs/realtime.md.</param>
/// <param name="Reconnect">False: another attempt with the same token will end the same way.</param>
public sealed record Closing(string Code, bool Reconnect);

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
public sealed partial class ConnectionJson : JsonSerializerContext;
