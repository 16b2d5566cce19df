using System.Diagnostics;
using System.Text;
using Chat.LoadTests.Http;
using Chat.LoadTests.Limits.Programs;
using Chat.LoadTests.Sockets;

namespace Chat.LoadTests.Limits.Bare;

/// <summary>How many messages a second a plain SignalR hub brings to the sockets of one group, heard by the sockets of the scenarios.</summary>
/// <param name="name">Its name.</param>
/// <param name="together">
/// Messages that the server is asked for at once. Those that come fast enough one after another share frames and system calls; those
/// that are asked for singly do not, as in a chat that is not at its limit.
/// </param>
internal sealed class BareHub(string name, int together) : ILimit
{
    private const int TextLength = 50;
    private const int Broadcasters = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Name => name;

    public bool NeedsStack => false;

    public async Task<LimitResult> MeasureAsync(LimitContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await BareServerProcess.StartAsync(cancellationToken);
            var arrivals = new Arrivals(context.Listeners);
            await using var sockets = await PushSockets.OpenAsync(
                [.. Enumerable.Range(0, context.Listeners).Select(i => new PushTarget(server.Address(), "nobody's", i))],
                new OpenRate(), arrivals.Add, cancellationToken);
            return sockets.FailuresByReason.Count == 0
                ? await MeasureAsync(server.Address(), arrivals, context, cancellationToken)
                : new LimitResult.NotMeasured(Name, $"sockets could not be opened: {string.Join(", ", sockets.FailuresByReason.Keys)}");
        }
        catch (Exception e) when (e is ServerStartException or IOException or TimeoutException)
        {
            return new LimitResult.NotMeasured(Name, e.Message);
        }
    }

    private async Task<LimitResult> MeasureAsync(Uri server, Arrivals arrivals, LimitContext context, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var broadcasting = Task.WhenAll(Enumerable.Range(0, Broadcasters).Select(_ => BroadcastAsync(server, over.Token)));
        try
        {
            // What is measured is a time: how many arrive in so many seconds, after so many that do not count.
            await Task.Delay(context.WarmUp, cancellationToken);
            var (before, started) = (arrivals.Total, Stopwatch.GetTimestamp());
            await Task.WhenAny(broadcasting, Task.Delay(context.Duration, cancellationToken));
            var perSecond = (arrivals.Total - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            cancellationToken.ThrowIfCancellationRequested();
            return new LimitResult.Measured(
                Name, perSecond, "deliveries",
                $"a message to a SignalR group of {context.Listeners} sockets, each send awaited, {together} asked for at once");
        }
        finally
        {
            await over.CancelAsync();
            await broadcasting;
        }
    }

    /// <summary>Asks for broadcasts until it is over.</summary>
    private async Task BroadcastAsync(Uri server, CancellationToken over)
    {
        var request = Encoding.ASCII.GetBytes(
            $"POST /broadcast?size={TextLength}&count={together} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Length: 0\r\n\r\n");
        using var connection = new HttpConnection(server, Patience);
        try
        {
            while (true)
            {
                if (await connection.SendAsync(request, over) is { IsSuccess: false } answer)
                {
                    throw new IOException($"The bare server answered {answer.Status}");
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
    }
}
