using System.Runtime.InteropServices;

namespace Chat.Data.Files;

/// <summary>
/// Writes a folder's entries to disk: a name outlives a power cut only when the folder that holds it was synced as well (fsync(2)). The
/// framework does not open folders; Windows has no such call and needs none.
/// </summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">It could not be done.</exception>
    public static void Run(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            throw new IOException($"A folder cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        }

        var failed = Sync(handle) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (failed)
        {
            throw new IOException($"A folder cannot be synced: error {error}.");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int file);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int file);
}
