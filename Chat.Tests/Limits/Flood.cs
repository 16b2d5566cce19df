using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.Tests.Support;

namespace Chat.Tests.Limits;

/// <summary>Somebody sends as fast as they are answered, to both replicas at once, and counts what is accepted.</summary>
internal sealed class Flood : IAsyncDisposable
{
    private const int AtOnce = 3;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient[] _replicas;
    private readonly Task _sending;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _accepted;
    private int _refused;

    private Flood(Guid conversation, HttpClient[] replicas)
    {
        _replicas = replicas;
        _sending = Task.WhenAll(_replicas.SelectMany(replica => Enumerable.Range(0, AtOnce).Select(_ => SendAsync(replica, conversation))));
    }

    public int Accepted => Volatile.Read(ref _accepted);

    public int Refused => Volatile.Read(ref _refused);

    /// <summary>What the limit grants in the time that has passed since the first send.</summary>
    public double Granted => LimitedApplication.SendsBurst + (LimitedApplication.SendsPerSecond * Stopwatch.GetElapsedTime(_started).TotalSeconds);

    public static Flood Start(ChatApplication chat, Person sender, Guid conversation) =>
        new(conversation, [sender.At(chat, "api"), sender.At(chat, "api2")]);

    /// <summary>Waits until so much time has passed as it takes to grant that many more.</summary>
    public async Task GoOnAsync(int grants)
    {
        var until = Granted + grants;
        await Eventually.HoldsAsync($"{grants} more are granted", ChatApplication.Patience, () => Task.FromResult(Granted >= until));
    }

    /// <summary>Ends it; what was accepted is what was granted until then, within 5 %.</summary>
    public async Task AssertHeldAsync()
    {
        var granted = Granted;
        await _stop.CancelAsync();
        await _sending;
        Assert.InRange(Accepted, granted * 0.95, Granted * 1.05);
        Assert.True(Refused > 0, "It was no flood.");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        Array.ForEach(_replicas, replica => replica.Dispose());
        _stop.Dispose();
    }

    private async Task SendAsync(HttpClient replica, Guid conversation)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var answer = await replica.PostAsJsonAsync(
                $"/api/conversations/{conversation}/messages", new SendMessageRequest(Guid.NewGuid(), "hello"), ContractsJson.Default.SendMessageRequest);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.Created:
                    Interlocked.Increment(ref _accepted);
                    break;
                case HttpStatusCode.TooManyRequests:
                    Interlocked.Increment(ref _refused);
                    break;
                default:
                    throw new InvalidOperationException($"A send was answered {answer.StatusCode}.");
            }

            // Asks far oftener than is granted, and leaves the machine to others.
            await Task.Delay(5);
        }
    }
}
