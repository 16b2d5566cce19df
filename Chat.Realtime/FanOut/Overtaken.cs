namespace Chat.Realtime.FanOut;

/// <summary>Lets events go that have waited long enough for one that they had overtaken.</summary>
internal sealed class Overtaken(Audience audience, EventFanOut fanOut, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await audience.GapAsync(stoppingToken);
            while (audience.FirstOverdue is { } due)
            {
                var wait = due - time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, stoppingToken);
                }

                fanOut.ForwardOverdue();
            }
        }
    }
}
