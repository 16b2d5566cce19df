using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Events;
using Chat.Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.LoadTests.Limits.Bare;

/// <summary>
/// What the frameworks do with a message when nothing is done with it: an endpoint that parses it and answers, a hub that sends it to a
/// group. No sign-in, no store, no telemetry.
/// </summary>
internal static class BareServer
{
    /// <summary>What it says when it is ready, before its address.</summary>
    public const string Ready = "Listening on ";

    /// <summary>Serves on a port of the system's choice until standard input ends.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.ConfigureHttpJsonOptions(json => AsInChat(json.SerializerOptions));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSignalR().AddJsonProtocol(json => AsInChat(json.PayloadSerializerOptions));

        await using var app = builder.Build();
        app.MapPost("/messages/{conversationId:guid}", Send);
        app.MapPost("/broadcast", Broadcast);
        app.MapHub<OneGroup>("/hub", connection => connection.Transports = HttpTransportType.WebSockets);
        await app.StartAsync(cancellationToken);
        Console.WriteLine(Ready + app.Urls.Single());
        await Console.In.ReadToEndAsync(cancellationToken);
        await app.StopAsync(CancellationToken.None);
    }

    private static void AsInChat(JsonSerializerOptions json)
    {
        json.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
        json.Converters.Add(new CamelCaseEnums());
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.AllowDuplicateProperties = false;
    }

    private static Created<Message> Send(Guid conversationId, SendMessageRequest request) => TypedResults.Created(
        $"/messages/{conversationId}/1", MessageOf(conversationId, request.ClientId, request.Text ?? ""));

    /// <summary>As hubs are used: each send is awaited before the next, so that a slow socket slows down all.</summary>
    private static async Task Broadcast(int size, int count, IHubContext<OneGroup> hub, CancellationToken cancellationToken)
    {
        var (conversation, text) = (Guid.NewGuid(), new string('x', size));
        for (var i = 0; i < count; i++)
        {
            await hub.Clients.Group(OneGroup.Name).SendAsync(
                "receive", new MessageSent(conversation, 1, 1, 1, MessageOf(conversation, Guid.NewGuid(), text)), cancellationToken);
        }
    }

    private static Message MessageOf(Guid conversationId, Guid clientId, string text) =>
        new(conversationId, 1, 1, conversationId, clientId, MessageKind.Text, text, DateTimeOffset.UtcNow);

    /// <summary>Everybody who connects is in the same group, and told so as Chat tells it.</summary>
    private sealed class OneGroup : Hub
    {
        public const string Name = "everybody";

        public override async Task OnConnectedAsync()
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, Name);
            await Clients.Caller.SendAsync("ready", new object());
        }
    }
}
