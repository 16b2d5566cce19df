using Chat.Data.Messages;

namespace Chat.Api.Messages;

/// <summary>
/// Runs the writer for as long as requests may come. The web server is started after it and stopped before it, so when the process is
/// asked to stop, requests under way still get their messages committed.
/// </summary>
internal sealed class MessageWriting(MessageWriter writer) : IHostedService
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

internal static class MessageWritingExtensions
{
    public static void AddMessageWriting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MessageWriter>();
        builder.Services.AddHostedService<MessageWriting>();
    }
}
