using System.Buffers.Text;
using System.Globalization;

namespace Chat.LoadTests.Http;

/// <summary>Reads answers off one connection, with a buffer that it keeps.</summary>
internal sealed class AnswerReader
{
    /// <summary>More than any answer that is asked for; one that is longer is an error.</summary>
    private const int MaxBytes = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[4096];
    private int _length;
    private int _consumed;

    /// <summary>The server will close the connection after the last answer.</summary>
    public bool Closes { get; private set; }

    /// <summary>Forgets what an earlier connection left.</summary>
    public void Clear() => _length = _consumed = 0;

    /// <exception cref="IOException">The connection ended, or what came is not HTTP/1.1.</exception>
    public async ValueTask<HttpAnswer> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        // What is left over after an answer could only be an answer that nobody asked for.
        Clear();
        int headEnd;
        while ((headEnd = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync(stream, cancellationToken);
        }

        _consumed = headEnd + 4;
        var head = ReadHead(_buffer.AsSpan(0, headEnd));
        Closes = head.Closes;
        if (head.Chunked)
        {
            var body = await ReadChunksAsync(stream, cancellationToken);
            return new HttpAnswer(head.Status, body, _consumed);
        }

        var length = head.ContentLength ?? (head.Status is 204 or 304 or < 200 ? 0 : throw new IOException("The answer has no length."));
        var start = _consumed;
        await HaveAsync(stream, start + length, cancellationToken);
        _consumed = start + length;
        return new HttpAnswer(head.Status, _buffer.AsMemory(start, length), _consumed);
    }

    /// <summary>Moves the chunks together, over the sizes between them.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadChunksAsync(Stream stream, CancellationToken cancellationToken)
    {
        var (start, end) = (_consumed, _consumed);
        while (true)
        {
            var size = await ReadChunkSizeAsync(stream, cancellationToken);
            await HaveAsync(stream, _consumed + size + 2, cancellationToken);
            _buffer.AsSpan(_consumed, size).CopyTo(_buffer.AsSpan(end));
            end += size;
            _consumed += size + 2;
            if (size == 0)
            {
                return _buffer.AsMemory(start, end - start);
            }
        }
    }

    private async ValueTask<int> ReadChunkSizeAsync(Stream stream, CancellationToken cancellationToken)
    {
        int line;
        while ((line = _buffer.AsSpan(_consumed, _length - _consumed).IndexOf("\r\n"u8)) < 0)
        {
            await FillAsync(stream, cancellationToken);
        }

        var text = _buffer.AsSpan(_consumed, line);
        _consumed += line + 2;
        return Utf8Parser.TryParse(text, out int size, out var read, 'X') && read == text.Length && size >= 0
            ? size
            : throw new IOException("The answer has a chunk without a size.");
    }

    private async ValueTask HaveAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        while (_length < length)
        {
            await FillAsync(stream, cancellationToken);
        }
    }

    private async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, _length < MaxBytes ? _length * 2 : throw new IOException("The answer is too long."));
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
        _length += read > 0 ? read : throw new IOException("The server closed the connection.");
    }

    private static Head ReadHead(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head.Slice(9, 3), out int status, out _))
        {
            throw new IOException("The answer is not HTTP/1.1.");
        }

        var result = new Head { Status = status };
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (Is(line, "content-length:"u8, out var value) && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                result.ContentLength = length;
            }
            else if (Is(line, "transfer-encoding:"u8, out value))
            {
                result.Chunked = value.SequenceEqual("chunked"u8);
            }
            else if (Is(line, "connection:"u8, out value))
            {
                result.Closes = value.SequenceEqual("close"u8);
            }
        }

        return result;
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var found = line.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name);
        value = found ? System.MemoryExtensions.Trim(line[name.Length..], (byte)' ') : default;
        return found;
    }

    private struct Head
    {
        public int Status;
        public int? ContentLength;
        public bool Chunked;
        public bool Closes;
    }
}
