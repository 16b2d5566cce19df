using Chat.Api.Admin;
using Chat.Data;
using Chat.Data.Redis;
using Chat.ServiceDefaults;
using Chat.ServiceDefaults.Clients;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<ChatDb>("chat");
builder.AddRedis("redis");
builder.AddOperatorKey();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<NodeRegistry>();
builder.Services.AddOpenApi();

var app = builder.Build();

app.MapServiceDefaults();
app.MapOpenApi();
app.MapAdmin();

app.Run();
