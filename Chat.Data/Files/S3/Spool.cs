namespace Chat.Data.Files.S3;

/// <summary>Bytes on their way to the store, in a file that nobody else sees and that goes with it, so that they take no memory.</summary>
internal sealed class Spool : IAsyncDisposable
{
    private readonly FileStream _file = new(Path.Combine(Path.GetTempPath(), $"chat-{Guid.NewGuid():n}"), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        BufferSize = 0,
    });

    public long Length => _file.Length;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _file.WriteAsync(bytes, cancellationToken);

    public Task TakeAsync(Stream all, CancellationToken cancellationToken) => all.CopyToAsync(_file, cancellationToken);

    public void Cut(long length)
    {
        _file.SetLength(length);
        _file.Position = length;
    }

    /// <summary>All of it, from its beginning: the caller's to close.</summary>
    public Stream Read() => new FileStream(_file.Name, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous,
        BufferSize = 64 * 1024,
    });

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
