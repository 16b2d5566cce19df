namespace Chat.Data.Files;

/// <summary>
/// Keeps the bytes of files by id, and knows nothing else of them. What is being uploaded is apart from whole files: nobody reads the one
/// as the other. All but <see cref="OpenUploadAsync"/> may be done again after a crash, with the same end.
/// </summary>
public interface IFileStore
{
    /// <summary>Makes links that lead to the store itself; null: files are had through the API alone.</summary>
    ILinkSigner? Direct { get; }

    /// <summary>Opens an upload to go on at an offset; what was written beyond it is dropped.</summary>
    /// <returns>Null while somebody else has it open, as far as the store can tell.</returns>
    /// <exception cref="FileStoreException">The store is full or away, or has fewer bytes than that.</exception>
    Task<IUploadBytes?> OpenUploadAsync(Guid id, long offset, CancellationToken cancellationToken);

    /// <summary>The bytes of an upload that nobody writes to, from the first on, whether it has been sealed or not.</summary>
    /// <param name="size">How many were flushed.</param>
    /// <exception cref="FileStoreException">The store is away, or has no such upload.</exception>
    Task<Stream> ReadUploadAsync(Guid id, long size, CancellationToken cancellationToken);

    /// <summary>Makes an upload a file, all at once. When it returns the file outlives a power cut.</summary>
    /// <exception cref="FileStoreException">The store is away, or has neither upload nor file.</exception>
    Task SealAsync(Guid id, long size, CancellationToken cancellationToken);

    /// <summary>A file; null where there is none. It is the caller's to close, and can be sought in unless there are <see cref="Direct"/> links.</summary>
    /// <exception cref="FileStoreException">The store is away.</exception>
    Task<Stream?> OpenAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Of a file, in bytes; null where there is none.</summary>
    /// <exception cref="FileStoreException">The store is away.</exception>
    Task<long?> SizeAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Removes the bytes of an upload that is not to become a file.</summary>
    Task RemoveUploadAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Removes the bytes of a file. Who is reading them may read on.</summary>
    Task RemoveAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Every file and upload there is, in no order.</summary>
    IAsyncEnumerable<StoredBytes> ListAsync(CancellationToken cancellationToken);
}

/// <summary>An upload, open for its only writer.</summary>
public interface IUploadBytes : IAsyncDisposable
{
    /// <exception cref="FileStoreException">The store is full or away.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>When it returns, what was written outlives a power cut.</summary>
    /// <exception cref="FileStoreException">The store is full or away.</exception>
    Task FlushAsync(CancellationToken cancellationToken);
}

/// <param name="IsUpload">It is no file yet.</param>
/// <param name="WrittenAt">When it was last written to.</param>
public readonly record struct StoredBytes(Guid Id, bool IsUpload, long Size, DateTimeOffset WrittenAt);

/// <summary>The store cannot do what was asked: it is full, away, or has lost something. Trying again later may help.</summary>
public sealed class FileStoreException(string message, Exception? inner = null) : Exception(message, inner);
