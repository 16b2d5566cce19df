using System.Collections.Concurrent;
using System.Diagnostics;

namespace Chat.LoadTests.Measuring;

/// <summary>What came of the calls of one phase. Any number of users may record at once.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentDictionary<string, long> _errors = new();
    private readonly ConcurrentDictionary<string, Endpoint> _endpoints = new();
    private long _accepted;
    private long _bytes;

    /// <summary>Calls that got the answer they were made for.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Calls that did not, by the reason: a status, "timeout", "connection".</summary>
    public IReadOnlyDictionary<string, long> ErrorsByReason => _errors;

    public long Errors => _errors.Values.Sum();

    /// <summary>Of all calls with an answer, from the moment they were due to its last byte. What timed out counts with the time it took.</summary>
    public Histogram Latency { get; } = new();

    /// <summary>Bytes of answers, headers included.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public IReadOnlyDictionary<string, Endpoint> Endpoints => _endpoints;

    /// <param name="endpoint">What was called, by a name with few values.</param>
    /// <param name="due">When it was to be called: the timestamp that the latency counts from.</param>
    public void Succeeded(string endpoint, long due, int bytes)
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Add(ref _bytes, bytes);
        Timed(endpoint, due);
    }

    public void Failed(string endpoint, long due, string reason)
    {
        _errors.AddOrUpdate(reason, 1, (_, count) => count + 1);
        Timed(endpoint, due);
    }

    private void Timed(string endpoint, long due)
    {
        var latency = Stopwatch.GetElapsedTime(due);
        Latency.Record(latency);
        _endpoints.GetOrAdd(endpoint, _ => new Endpoint()).Latency.Record(latency);
    }

    internal sealed class Endpoint
    {
        public Histogram Latency { get; } = new();
    }
}
