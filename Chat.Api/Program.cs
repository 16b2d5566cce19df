using Chat.Api.Admin;
using Chat.Api.Conversations;
using Chat.Api.Messages;
using Chat.Api.Requests;
using Chat.Data;
using Chat.Data.Events;
using Chat.Data.Redis;
using Chat.ServiceDefaults;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Clients;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddChatAuthentication();
builder.AddDatabase<ChatDb>("chat");
builder.AddRedis("redis");
builder.AddRequests();
builder.AddOperatorKey();
builder.AddMessageWriting();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<NodeRegistry>();
builder.Services.AddSingleton<EventPublisher>();
builder.Services.AddOpenApi();

var app = builder.Build();

app.MapServiceDefaults();
app.MapOpenApi();
app.MapAdmin();
app.MapConversations();
app.MapMessages();

app.Run();
