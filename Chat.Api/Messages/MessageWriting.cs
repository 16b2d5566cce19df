using Chat.Data.Events;
using Chat.Data.Messages;

namespace Chat.Api.Messages;

/// <summary>
/// Runs the writer, and what publishes after it, for as long as requests may come. The web server is started after it and stopped before it, so when the process is
/// asked to stop, requests under way still get their messages committed.
/// </summary>
internal sealed class MessageWriting(MessageWriter writer, CommittedEvents events) : IHostedService
{
    private Task _writing = Task.CompletedTask;
    private Task _publishing = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _publishing = Task.Run(events.RunAsync, CancellationToken.None);
        _writing = Task.Run(writer.RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        writer.Complete();
        await _writing.WaitAsync(cancellationToken);
        events.Complete();
        await _publishing.WaitAsync(cancellationToken);
    }
}

internal static class MessageWritingExtensions
{
    public static void AddMessageWriting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CommittedEvents>();
        builder.Services.AddSingleton<MessageWriter>();
        builder.Services.AddHostedService<MessageWriting>();
    }
}
