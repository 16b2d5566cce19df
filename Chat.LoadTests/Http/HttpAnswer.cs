namespace Chat.LoadTests.Http;

/// <param name="Status">The status code.</param>
/// <param name="Body">Valid until the connection's next request.</param>
/// <param name="Bytes">Of the whole answer on the wire.</param>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body, int Bytes)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
