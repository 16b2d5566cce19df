using System.Text.Json;
using System.Text.Json.Serialization;
using Chat.Contracts.ReadState;

namespace Chat.Data.Events;

/// <summary>What every realtime node must know at once. Lost ones heal: by the membership version of later events, by the token's end.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MembershipChanged), "membershipChanged")]
[JsonDerivedType(typeof(OwnStreamGrew), "ownStreamGrew")]
[JsonDerivedType(typeof(OwnCursorMoved), "ownCursorMoved")]
[JsonDerivedType(typeof(SessionEnded), "sessionEnded")]
public abstract record ControlEvent
{
    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ControlJson.Default.ControlEvent);

    /// <summary>Null for what no publisher of this version writes.</summary>
    internal static ControlEvent? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ControlJson.Default.ControlEvent);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <param name="MembershipVersion">The conversation's membership version after the change.</param>
/// <param name="Joined">False: removed, or left.</param>
public sealed record MembershipChanged(Guid ConversationId, Guid UserId, long MembershipVersion, bool Joined) : ControlEvent;

/// <summary>For the user's other devices.</summary>
/// <param name="Rev">The latest of the user's own stream.</param>
public sealed record OwnStreamGrew(Guid UserId, long Rev) : ControlEvent;

/// <summary>For the member's own devices, where the conversation has too many members to tell all of them.</summary>
/// <param name="MembershipVersion">The conversation's.</param>
public sealed record OwnCursorMoved(Guid ConversationId, long MembershipVersion, MemberCursors Cursors) : ControlEvent;

/// <param name="SessionId">Null: all sessions of the user.</param>
public sealed record SessionEnded(Guid UserId, Guid? SessionId) : ControlEvent;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ControlEvent))]
internal sealed partial class ControlJson : JsonSerializerContext;
