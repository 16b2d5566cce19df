using System.Text;
using Chat.LoadTests.Http;

namespace Chat.Tests.LoadTests;

/// <summary>Answers cut where it hurts.</summary>
public sealed class AnswerReaderTests
{
    private const string Plain = "HTTP/1.1 201 Created\r\nDate: today\r\ncontent-length: 5\r\n\r\nhello";
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";

    [Theory]
    [InlineData(Plain, 201, "hello")]
    [InlineData(Chunked, 200, "abc0123456789")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 503, "")]
    public async Task An_answer_is_the_same_however_it_is_cut(string text, int status, string body)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            var answer = await new AnswerReader().ReadAsync(new Pieces(text, piece), CancellationToken.None);

            Assert.Equal((status, body, text.Length), (answer.Status, Encoding.ASCII.GetString(answer.Body.Span), answer.Bytes));
        }
    }

    [Fact]
    public async Task An_answer_larger_than_the_buffer_is_whole()
    {
        var body = new string('x', 100_000);
        var answer = await new AnswerReader().ReadAsync(
            new Pieces($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}", 4000), CancellationToken.None);

        Assert.Equal(body, Encoding.ASCII.GetString(answer.Body.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhow long is this")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    public async Task What_is_cut_off_or_no_answer_is_an_error(string text) => await Assert.ThrowsAsync<IOException>(
        async () => await new AnswerReader().ReadAsync(new Pieces(text, 7), CancellationToken.None));

    /// <summary>A connection that gives so many bytes at a time.</summary>
    private sealed class Pieces(string text, int size) : MemoryStream(Encoding.ASCII.GetBytes(text))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
