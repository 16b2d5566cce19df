using System.Diagnostics;

namespace Chat.Data.Events;

/// <summary>A committed change of a conversation, on its way to the members who are connected. Its rev is one event.</summary>
/// <param name="ConversationId">Whose members hear it.</param>
/// <param name="MembershipVersion">The conversation's membership version in the transaction that made the change; a node whose members are older reloads them first.</param>
/// <param name="Rev">The conversation's revision that the change took.</param>
/// <param name="Seq">The message changed; 0 is the conversation itself.</param>
/// <param name="Json">The event as clients get it, UTF-8, complete; nobody on the way looks into it.</param>
public sealed record ConversationEvent(Guid ConversationId, long MembershipVersion, long Rev, long Seq, ReadOnlyMemory<byte> Json)
{
    /// <summary>
    /// The span that the push continues: by default the one current where the event is made. A batch sets each event's own
    /// request here, so that a push belongs to the request that caused it.
    /// </summary>
    public ActivityContext Trace { get; init; } = Activity.Current?.Context ?? default;
}

/// <summary>A <see cref="ConversationEvent"/> as a realtime node received it.</summary>
/// <param name="PublishedAt">By the publisher's clock.</param>
/// <param name="Trace">The publisher's span; default where it had none.</param>
public sealed record ReceivedEvent(
    Guid ConversationId, long MembershipVersion, long Rev, long Seq, DateTimeOffset PublishedAt, ActivityContext Trace,
    ReadOnlyMemory<byte> Json);
