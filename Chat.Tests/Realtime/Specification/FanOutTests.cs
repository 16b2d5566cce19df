using Chat.Tests.Support;

namespace Chat.Tests.Realtime.Specification;

/// <summary>All on one node.</summary>
public sealed class OneNodeTests(ChatApplication chat) : FanOutSpecification(chat)
{
    protected override IReadOnlyList<Uri> Nodes => [Clients.AddressOf(Chat, "realtime")];
}

/// <summary>On different nodes.</summary>
public sealed class TwoNodesTests(ChatApplication chat) : FanOutSpecification(chat)
{
    protected override IReadOnlyList<Uri> Nodes => [Clients.AddressOf(Chat, "realtime"), Clients.AddressOf(Chat, "realtime2")];
}

/// <summary>Behind a transport that brings events in any order, and some twice.</summary>
public sealed class ShufflingTransportTests(ChatApplication chat, ShufflingTransportTests.Node node)
    : FanOutSpecification(chat), IClassFixture<ShufflingTransportTests.Node>
{
    protected override IReadOnlyList<Uri> Nodes => [node.Address];

    public sealed class Node(ChatApplication chat) : NodeBehindRelay(chat)
    {
        protected override IEnumerable<TimeSpan> Deliveries(Random random)
        {
            yield return TimeSpan.FromMilliseconds(random.Next(60));
            if (random.Next(4) == 0)
            {
                yield return TimeSpan.FromMilliseconds(random.Next(60));
            }
        }
    }
}

/// <summary>Behind a transport that loses a third, control events like others.</summary>
public sealed class DroppingTransportTests(ChatApplication chat, DroppingTransportTests.Node node)
    : FanOutSpecification(chat), IClassFixture<DroppingTransportTests.Node>
{
    protected override IReadOnlyList<Uri> Nodes => [node.Address];

    public sealed class Node(ChatApplication chat) : NodeBehindRelay(chat)
    {
        protected override IEnumerable<TimeSpan> Deliveries(Random random) => random.Next(3) == 0 ? [] : [TimeSpan.Zero];
    }
}
