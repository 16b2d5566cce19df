using Chat.Data.ReadState;

namespace Chat.Api.ReadState;

/// <summary>Runs the writer of cursors for as long as requests may come: started before the web server and stopped after it.</summary>
internal sealed class CursorWriting(CursorWriter writer) : IHostedService
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

internal static class ReadStateExtensions
{
    public static void AddReadState(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CursorWriter>();
        builder.Services.AddSingleton<CursorPushes>();
        builder.Services.AddHostedService<CursorWriting>();
    }
}
