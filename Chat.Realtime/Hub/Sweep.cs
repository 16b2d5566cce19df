using Chat.Realtime.FanOut;

namespace Chat.Realtime.Hub;

/// <summary>Once a second: closes the connections whose access token has ended, and leaves shards that nobody needs.</summary>
internal sealed class Sweep(Audience audience, Subscriptions subscriptions, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            foreach (var connection in audience.Where(c => c.ExpiresAt <= now))
            {
                _ = connection.CloseAsync(CloseReason.TokenExpired);
            }

            await subscriptions.DropUnneededAsync();
        }
    }
}
