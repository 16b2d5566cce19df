using Chat.Data;
using Chat.Data.KeyRing;
using Chat.Data.Redis;
using Chat.Data.Statements;
using Chat.Realtime;
using Chat.Realtime.Hub;
using Chat.ServiceDefaults;
using Chat.ServiceDefaults.Authentication;
using Chat.ServiceDefaults.Clients;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<ChatDb>("chat");
builder.Services.AddPreparedStatements();
builder.AddRedis("redis");
builder.Services.AddKeyRing();
builder.AddChatAuthentication();
builder.AddChatHub();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<NodeRegistry>();
builder.Services.AddHostedService<Heartbeat>();

var app = builder.Build();

app.MapServiceDefaults();
app.MapChatHub();

app.Run();
