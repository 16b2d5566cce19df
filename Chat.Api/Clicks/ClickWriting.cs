using Chat.Data.Clicks;

namespace Chat.Api.Clicks;

/// <summary>
/// Runs the writer of clicks for as long as requests may come. The web server is started after it and stopped before it, so when the
/// process is asked to stop, requests under way still get their clicks committed.
/// </summary>
internal sealed class ClickWriting(ClickWriter writer) : IHostedService
{
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(writer.RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        writer.Complete();
        await _running.WaitAsync(cancellationToken);
    }
}

internal static class ClickWritingExtensions
{
    public static void AddClickWriting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ClickWriter>();
        builder.Services.AddHostedService<ClickWriting>();
    }
}
