using Microsoft.Win32.SafeHandles;

namespace Chat.Data.Files;

/// <summary>An upload in the local store, locked for its writer by the operating system until it is closed or the process ends.</summary>
internal sealed class LocalUpload : IUploadBytes
{
    /// <summary>A thread waits for the disk meanwhile; a disk does not get faster by more of them.</summary>
    private static readonly SemaphoreSlim Flushing = new(4);

    private readonly SafeFileHandle _file;
    private long _at;

    private LocalUpload(SafeFileHandle file, long offset) => (_file, _at) = (file, offset);

    /// <returns>Null while somebody has it open.</returns>
    /// <exception cref="IOException">It cannot be opened or has fewer bytes.</exception>
    public static LocalUpload? TryOpen(string path, long offset)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, offset == 0 ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous);
        }
        catch (IOException e) when (IsLocked(e))
        {
            return null;
        }

        try
        {
            if (RandomAccess.GetLength(file) < offset)
            {
                throw new IOException("Bytes of an upload are missing.");
            }

            RandomAccess.SetLength(file, offset);
            return new LocalUpload(file, offset);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(_file, bytes, _at, cancellationToken);
            _at += bytes.Length;
        }
        catch (IOException e)
        {
            throw new FileStoreException("The upload cannot be written.", e);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await Flushing.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => RandomAccess.FlushToDisk(_file), CancellationToken.None);
        }
        catch (IOException e)
        {
            throw new FileStoreException("The upload cannot be written.", e);
        }
        finally
        {
            Flushing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>EWOULDBLOCK from flock; ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsLocked(IOException e) => e.GetType() == typeof(IOException)
        && (e.HResult is 11 or 35 || (e.HResult & 0xFFFF) is 32);
}
