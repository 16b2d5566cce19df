using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Realtime.Hub;

/// <summary>
/// An invocation of a client method in SignalR's JSON protocol, made by hand around JSON that is ready: one event is written once,
/// however many connections get it. Byte for byte what <see cref="JsonHubProtocol"/> writes (HubProtocol.md, "JSON Encoding"); a test
/// holds it to that.
/// </summary>
internal static class HubFrame
{
    /// <summary>A conversation event, as <c>receive</c>.</summary>
    public static SerializedHubMessage Receive(ReadOnlySpan<byte> json) => Frame("""{"type":1,"target":"receive","arguments":["""u8, json);

    /// <param name="target">The client's method; a name of ours, in need of no escape.</param>
    public static SerializedHubMessage Invoke<T>(string target, T argument, JsonTypeInfo<T> type) => Frame(
        System.Text.Encoding.UTF8.GetBytes($$"""{"type":1,"target":"{{target}}","arguments":["""),
        JsonSerializer.SerializeToUtf8Bytes(argument, type));

    private static SerializedHubMessage Frame(ReadOnlySpan<byte> head, ReadOnlySpan<byte> json)
    {
        const byte recordSeparator = 0x1e;
        ReadOnlySpan<byte> tail = [(byte)']', (byte)'}', recordSeparator];
        var frame = new byte[head.Length + json.Length + tail.Length];
        head.CopyTo(frame);
        json.CopyTo(frame.AsSpan(head.Length));
        tail.CopyTo(frame.AsSpan(head.Length + json.Length));
        return new SerializedHubMessage([new SerializedMessage("json", frame)]);
    }
}
