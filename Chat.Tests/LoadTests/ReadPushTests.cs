using System.Text;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Events;
using Chat.Contracts.Messages;
using Chat.LoadTests.Sockets;
using Chat.Realtime.Hub;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.LoadTests;

/// <summary>The load tests' reading of what the hub writes.</summary>
public sealed class ReadPushTests
{
    private static readonly Guid Conversation = Guid.CreateVersion7();
    private static readonly Guid ClientId = Guid.NewGuid();
    private static readonly Message Message = new(
        Conversation, 5, 7, Guid.NewGuid(), ClientId, MessageKind.Text, "\"clientId\":\"", DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_message_in_the_hubs_own_bytes_is_read()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new MessageSent(Conversation, 7, 5, 1, Message), ContractsJson.Unescaped.MessageSent);
        var record = HubFrame.Receive(json).GetSerializedMessage(new JsonHubProtocol()).Span[..^1];

        var message = HubRecord.Read(record);

        Assert.Equal("receive", Encoding.UTF8.GetString(message.Target));
        Assert.Equal(new Push(PushKind.MessageSent, Conversation, 7, 5, ClientId), Push.Read(message.Argument));
    }

    [Fact]
    public void The_order_of_names_does_not_matter()
    {
        var record = Encoding.UTF8.GetBytes(
            $$$"""{"arguments":[{"message":{"x":{"clientId":1},"clientId":"{{{ClientId}}}","y":[{}]},"seq":5,"rev":7,"conversationId":"{{{Conversation}}}","type":"messageChanged"},2],"target":"receive","type":1}""");

        var message = HubRecord.Read(record);

        Assert.Equal(HubRecord.Invocation, message.Type);
        Assert.Equal(new Push(PushKind.MessageChanged, Conversation, 7, 5, ClientId), Push.Read(message.Argument));
    }

    [Theory]
    [InlineData("""{"type":"conversationJoined","conversationId":"0197a3f0-0000-7000-8000-000000000000","membershipVersion":2}""")]
    [InlineData("{}")]
    public void What_is_no_message_is_another_event(string json) => Assert.Equal(PushKind.Other, Push.Read(Encoding.UTF8.GetBytes(json)).Kind);

    [Theory]
    [InlineData("""{"type":7}""", 7)]
    [InlineData("""{"type":6}""", 6)]
    [InlineData("{}", 0)]
    public void The_protocols_own_messages_have_a_type(string json, int type) =>
        Assert.Equal(type, HubRecord.Read(Encoding.UTF8.GetBytes(json)).Type);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":"messageSent","seq":""")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"seq":"5"}""")]
    [InlineData("""{"seq":99999999999999999999}""")]
    [InlineData("""{"conversationId":"not a UUID"}""")]
    [InlineData("""{"message":5}""")]
    public void What_is_no_event_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => Push.Read(Encoding.UTF8.GetBytes(json)));
}
