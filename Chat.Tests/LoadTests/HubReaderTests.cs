using System.Text;
using Chat.LoadTests.Sockets;

namespace Chat.Tests.LoadTests;

/// <summary>What the load tests' socket client makes of a server's bytes, however they are cut.</summary>
public sealed class HubReaderTests
{
    /// <summary>Several records in a frame, one over three frames with a ping in between, each length of header, a close.</summary>
    private static readonly byte[] Stream =
    [
        .. ServerBytes.Text($"{{}}{ServerBytes.End}"),
        .. ServerBytes.Text($"one{ServerBytes.End}two{ServerBytes.End}thr"),
        .. ServerBytes.Ping("are you there"),
        .. ServerBytes.Text("", isLast: false),
        .. ServerBytes.Continuation("e", isLast: false),
        .. ServerBytes.Continuation($"e{ServerBytes.End}", isLast: true),
        .. ServerBytes.Text(new string('m', 300) + ServerBytes.End),
        .. ServerBytes.Frame(0x8A, "an answer to nothing"),
        .. ServerBytes.Text(new string('l', 70_000) + ServerBytes.End),
        .. ServerBytes.Close(1001),
    ];

    private static readonly string[] Meaning =
        ["{}", "one", "two", "ping are you there", "three", new('m', 300), new('l', 70_000), "close 1001"];

    [Fact]
    public void All_at_once() => Assert.Equal(Meaning, Hear(Stream));

    [Fact]
    public void Byte_by_byte() => Assert.Equal(Meaning, Hear([.. Stream.Select(b => new[] { b })]));

    [Fact]
    public void Cut_in_two_at_every_place()
    {
        var small = Stream.AsSpan(0, 400).ToArray();
        var whole = Hear(small);
        Assert.All(Enumerable.Range(0, small.Length), cut => Assert.Equal(whole, Hear(small[..cut], small[cut..])));
    }

    [Theory]
    [InlineData("a masked frame", new byte[] { 0x81, 0x81 })]
    [InlineData("reserved bits", new byte[] { 0xC1, 0x01 })]
    [InlineData("an opcode that there is not", new byte[] { 0x83, 0x01 })]
    [InlineData("a binary frame", new byte[] { 0x82, 0x01 })]
    [InlineData("a long ping", new byte[] { 0x89, 126 })]
    [InlineData("a ping in parts", new byte[] { 0x09, 0x00 })]
    [InlineData("a frame of 4 GB", new byte[] { 0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0 })]
    [InlineData("a frame of a negative length", new byte[] { 0x81, 127, 0xFF, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("the end of no message", new byte[] { 0x80, 0x00 })]
    [InlineData("a message within a message", new byte[] { 0x01, 0x00, 0x81, 0x00 })]
    public void What_no_server_may_send_is_refused(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        Assert.Throws<InvalidDataException>(() => Hear(bytes));
    }

    [Fact]
    public void A_record_without_an_end_is_refused()
    {
        var part = ServerBytes.Text(new string('x', 60_000));
        Assert.Throws<InvalidDataException>(() => Hear([.. Enumerable.Repeat(part, 20)]));
    }

    /// <summary>Receives the parts one after the other, as the socket does.</summary>
    private static List<string> Hear(params byte[][] parts)
    {
        var ear = new Ear();
        var reader = new HubReader(ear);
        var buffer = new byte[2 * ServerFrame.MaxPayload];
        foreach (var part in parts)
        {
            var kept = reader.Restore(buffer);
            part.CopyTo(buffer, kept);
            reader.Read(buffer.AsSpan(0, kept + part.Length));
        }

        return ear.Heard;
    }

    private sealed class Ear : IHubListener
    {
        public List<string> Heard { get; } = [];

        public void OnRecord(ReadOnlySpan<byte> record) => Heard.Add(Encoding.UTF8.GetString(record));

        public void OnPing(ReadOnlySpan<byte> payload) => Heard.Add($"ping {Encoding.UTF8.GetString(payload)}");

        public void OnClose(int code) => Heard.Add($"close {code}");
    }
}
