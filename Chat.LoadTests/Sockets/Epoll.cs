using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Chat.LoadTests.Sockets;

/// <summary>
/// Which of many sockets are connected, or have something to read: Linux's epoll(7), level-triggered. The framework's own asynchronous receives cost a
/// second system call that finds nothing, and a passage through the thread pool: 12 µs of CPU a push, where this takes 5.
/// </summary>
internal sealed class Epoll : IDisposable
{
    private const int Batch = 512;
    private const int Add = 1;
    private const int Modify = 3;
    private const uint Readable = 1;
    private const uint Writable = 4;
    private const int Interrupted = 4;

    /// <summary>struct epoll_event: the data are its last 8 bytes. Packed on x64, and nowhere else.</summary>
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private readonly byte[] _events = new byte[Batch * EventSize];
    private readonly SafeFileHandle _handle;

    public Epoll()
    {
        _handle = new SafeFileHandle(epoll_create1(0), ownsHandle: true);
        ThrowIf(_handle.IsInvalid);
    }

    /// <summary>Watches a socket that is connecting, until it is connected or has failed to. Any thread.</summary>
    /// <param name="number">What <see cref="Wait"/> calls it.</param>
    public void WatchConnecting(SafeHandle socket, int number) => Control(Add, socket, Writable, number);

    /// <summary>Watches a socket that has been connecting for what it receives, until it is closed. Any thread.</summary>
    public void WatchReceiving(SafeHandle socket, int number) => Control(Modify, socket, Readable, number);

    /// <summary>Waits until some are connected, can be read or have ended, and tells which. One thread.</summary>
    /// <returns>How many of <paramref name="numbers"/> were written; 0 when the time was up.</returns>
    public int Wait(Span<int> numbers, TimeSpan atMost)
    {
        var count = epoll_wait(_handle, _events, Math.Min(Batch, numbers.Length), (int)atMost.TotalMilliseconds);
        ThrowIf(count < 0 && Marshal.GetLastPInvokeError() != Interrupted);
        for (var i = 0; i < count; i++)
        {
            numbers[i] = (int)MemoryMarshal.Read<long>(_events.AsSpan(((i + 1) * EventSize) - sizeof(long)));
        }

        return Math.Max(count, 0);
    }

    public void Dispose() => _handle.Dispose();

    private void Control(int operation, SafeHandle socket, uint awaited, int number)
    {
        var watched = new byte[EventSize];
        MemoryMarshal.Write(watched, awaited);
        MemoryMarshal.Write(watched.AsSpan(EventSize - sizeof(long)), (long)number);
        ThrowIf(epoll_ctl(_handle, operation, socket, watched) != 0);
    }

    private static void ThrowIf(bool failed)
    {
        if (failed)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(SafeHandle epoll, int operation, SafeHandle file, byte[] watched);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_wait(SafeHandle epoll, byte[] events, int count, int milliseconds);
}
