using System.Text;
using System.Text.Json;
using Chat.Contracts.Events;
using Chat.Realtime.Hub;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.Realtime;

/// <summary>The frames made by hand are those of the framework's JSON protocol, byte for byte.</summary>
public sealed class HubFrameTests
{
    private static readonly JsonHubProtocol Protocol = new();

    [Theory]
    [InlineData("""{"type":"messageSent","rev":7,"text":"hello"}""")]
    [InlineData("""{"text":"<b> \" \\ \n é \uD83D\uDE00","nested":{"a":[1,2.5,null,true]}}""")]
    [InlineData("{}")]
    public void An_event_around_ready_json_is_what_the_protocol_writes(string json)
    {
        var framework = Protocol.GetMessageBytes(new InvocationMessage("receive", [JsonDocument.Parse(json).RootElement]));

        var ours = HubFrame.Receive(Encoding.UTF8.GetBytes(json)).GetSerializedMessage(Protocol);

        Assert.Equal(Encoding.UTF8.GetString(framework.Span), Encoding.UTF8.GetString(ours.Span));
    }

    [Fact]
    public void So_is_what_the_node_says_by_itself()
    {
        var closing = new Closing("draining", Reconnect: true, After: 1_500);
        var framework = Protocol.GetMessageBytes(new InvocationMessage("closing", [closing]));

        var ours = HubFrame.Invoke("closing", closing, ConnectionJson.Default.Closing).GetSerializedMessage(Protocol);

        Assert.Equal(Encoding.UTF8.GetString(framework.Span), Encoding.UTF8.GetString(ours.Span));
    }
}
