using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Chat.Data.Files;

/// <summary>
/// A folder, which every process must see: <c>uploads/{id}</c> and <c>files/{last two digits}/{id}</c>. Names are made of ids alone. The
/// writer of an upload has it locked (flock), so that it is one even where a lease in the database was lost by a pause.
/// </summary>
internal sealed class LocalFileStore(IOptions<FilesOptions> options) : IFileStore
{
    private readonly string _uploads = Path.Combine(Path.GetFullPath(options.Value.Directory), "uploads");
    private readonly string _files = Path.Combine(Path.GetFullPath(options.Value.Directory), "files");

    public ILinkSigner? Direct => null;

    public Task<IUploadBytes?> OpenUploadAsync(Guid id, long offset, CancellationToken cancellationToken) => Guard(() =>
    {
        Directory.CreateDirectory(_uploads);
        if (offset > 0 && !File.Exists(UploadPath(id)) && File.Exists(FilePath(id)))
        {
            // Killed after it was sealed and before it was known as a file: nobody but its one writer asks for it, who seals it again.
            File.Move(FilePath(id), UploadPath(id));
        }

        return Task.FromResult<IUploadBytes?>(LocalUpload.TryOpen(UploadPath(id), offset));
    });

    public Task<Stream> ReadUploadAsync(Guid id, long size, CancellationToken cancellationToken) => Guard(
        () => Task.FromResult<Stream>(Open(File.Exists(UploadPath(id)) ? UploadPath(id) : FilePath(id))));

    public Task SealAsync(Guid id, long size, CancellationToken cancellationToken) => Guard(() =>
    {
        var (from, to) = (UploadPath(id), FilePath(id));
        var shard = Path.GetDirectoryName(to)!;
        if (!Directory.Exists(shard))
        {
            Directory.CreateDirectory(shard);
            FolderSync.Run(_files);
        }

        if (File.Exists(from))
        {
            File.Move(from, to, overwrite: true);
        }
        else if (!File.Exists(to))
        {
            throw new FileStoreException("There is neither upload nor file.");
        }

        FolderSync.Run(shard);
        return Task.FromResult(true);
    });

    public Task<Stream?> OpenAsync(Guid id, CancellationToken cancellationToken) => Guard(() =>
    {
        try
        {
            return Task.FromResult<Stream?>(Open(FilePath(id)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    });

    public Task<long?> SizeAsync(Guid id, CancellationToken cancellationToken) => Guard(() =>
        Task.FromResult(new FileInfo(FilePath(id)) is { Exists: true } file ? file.Length : (long?)null));

    public Task RemoveUploadAsync(Guid id, CancellationToken cancellationToken) => RemoveAsync(UploadPath(id));

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) => RemoveAsync(FilePath(id));

    public async IAsyncEnumerable<StoredBytes> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (folder, isUpload) in new[] { (_uploads, true), (_files, false) })
        {
            var paths = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
            foreach (var path in paths)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var file = new FileInfo(path);
                if (Guid.TryParseExact(file.Name, "N", out var id) && file.Exists)
                {
                    yield return new StoredBytes(id, isUpload, file.Length, file.LastWriteTimeUtc);
                }
            }

            await Task.Yield();
        }
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous,
        BufferSize = 0,
    });

    private static Task RemoveAsync(string path) => Guard(() =>
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever there.
        }

        return Task.FromResult(true);
    });

    private static async Task<T> Guard<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileStoreException("The folder of the files cannot be used.", e);
        }
    }

    private string UploadPath(Guid id) => Path.Combine(_uploads, id.ToString("N"));

    private string FilePath(Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(_files, name[^2..], name);
    }
}
