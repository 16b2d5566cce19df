using System.Net;

namespace Chat.Tests.Support;

/// <summary>A part of an upload that sends what it has, and then nothing more.</summary>
internal sealed class StallingContent : HttpContent
{
    private readonly byte[] _bytes;
    private readonly TaskCompletionSource _sent = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StallingContent(byte[] bytes)
    {
        _bytes = bytes;
        Headers.ContentType = new("application/offset+octet-stream");
        Headers.ContentLength = bytes.Length + 1;
    }

    public Task Sent => _sent.Task;

    /// <summary>Sends the last byte, if anybody is there to take it.</summary>
    public void GoOn() => _goOn.SetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_bytes);
        await stream.FlushAsync();
        _sent.SetResult();
        await _goOn.Task.WaitAsync(ChatApplication.Patience);
        await stream.WriteAsync(new byte[1]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length + 1;
        return true;
    }
}
