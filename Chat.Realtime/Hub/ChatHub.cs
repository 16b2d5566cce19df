using Microsoft.AspNetCore.Authorization;

namespace Chat.Realtime.Hub;

/// <summary>
/// The hub at /hub. Clients are called <c>receive(event)</c>, <c>ready</c> and <c>closing</c>; so far they call nothing. Connections come
/// and go in <see cref="Connections"/>.
/// </summary>
[Authorize]
internal sealed class ChatHub : Microsoft.AspNetCore.SignalR.Hub
{
    /// <summary>The reason is known only here: the connection's lifetime manager is not told the exception.</summary>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Connections.Ended(Context, exception);
        return Task.CompletedTask;
    }
}
