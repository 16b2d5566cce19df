namespace Chat.LoadTests.Sockets;

/// <summary>
/// One timer that pings for all sockets, each once in 12 s. A few at each tick: thousands of pings at one moment would be a wave in the
/// server's load that no real clients make.
/// </summary>
internal sealed class Keepalive : IAsyncDisposable
{
    private const int Ticks = 48;
    private readonly PeriodicTimer _timer = new(TimeSpan.FromSeconds(12) / Ticks);
    private readonly Task _running;

    /// <param name="sockets">May still be filled while it runs.</param>
    public Keepalive(PushSocket?[] sockets) => _running = Task.Run(() => PingAsync(sockets));

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
    }

    private async Task PingAsync(PushSocket?[] sockets)
    {
        for (var tick = 0; await _timer.WaitForNextTickAsync(); tick = (tick + 1) % Ticks)
        {
            for (var i = tick; i < sockets.Length; i += Ticks)
            {
                if (Volatile.Read(ref sockets[i]) is { Ended.IsCompleted: false } socket)
                {
                    socket.Ping();
                }
            }
        }
    }
}
