using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Chat.Realtime.Hub;

/// <summary>
/// Counts what a client says, by the separators of SignalR's JSON protocol: calls, of unknown methods too, which no filter of the hub
/// sees, and pings. Who says too much is closed.
/// </summary>
internal sealed class CallMeter(PipeReader inner, RealtimeOptions options, TimeProvider time) : PipeReader
{
    private const byte RecordSeparator = 0x1e;

    private ReadOnlySequence<byte> _read;
    private double _allowed = options.CallsAtOnce;
    private long _since = time.GetTimestamp();

    /// <summary>Called once the client has said too much, again and again.</summary>
    public Action? Exceeded { get; set; }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Count(_read.Slice(0, consumed));
        _read = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        _read = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        var read = inner.TryRead(out result);
        _read = result.Buffer;
        return read;
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private void Count(ReadOnlySequence<byte> consumed)
    {
        var said = 0;
        foreach (var part in consumed)
        {
            said += part.Span.Count(RecordSeparator);
        }

        if (said == 0)
        {
            return;
        }

        _allowed = Math.Min(options.CallsAtOnce, _allowed + (time.GetElapsedTime(_since).TotalSeconds * options.CallsPerSecond)) - said;
        _since = time.GetTimestamp();
        if (_allowed < 0)
        {
            Exceeded?.Invoke();
        }
    }
}

/// <summary>The connection's transport, read through a meter.</summary>
internal sealed class MeteredTransport(IDuplexPipe inner, CallMeter meter) : IDuplexPipe
{
    public PipeReader Input => meter;

    public PipeWriter Output => inner.Output;
}

internal static class CallMeterExtensions
{
    public static IConnectionBuilder UseCallMeter(this IConnectionBuilder builder, RealtimeOptions options, TimeProvider time) => builder.Use(next => connection =>
    {
        var meter = new CallMeter(connection.Transport.Input, options, time);
        connection.Transport = new MeteredTransport(connection.Transport, meter);
        connection.Features.Set(meter);
        return next(connection);
    });
}
