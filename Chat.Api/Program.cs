using Chat.Api.Accounts;
using Chat.Api.Admin;
using Chat.Api.Blocks;
using Chat.Api.Clicks;
using Chat.Api.Conversations;
using Chat.Api.Files;
using Chat.Api.Limits;
using Chat.Api.Messages;
using Chat.Api.OpenApi;
using Chat.Api.ReadState;
using Chat.Api.Requests;
using Chat.Api.Uploads;
using Chat.Api.Web;
using Chat.Data;
using Chat.Data.Events;
using Chat.Data.Redis;
using Chat.Data.Statements;
using Chat.ServiceDefaults;
using Chat.ServiceDefaults.Clients;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<ChatDb>("chat");
builder.Services.AddPreparedStatements();
builder.AddRedis("redis");
builder.AddRequests();
builder.AddLimits();
builder.AddAccounts();
builder.AddOperators();
builder.AddConversations();
builder.AddMessageWriting();
builder.AddReadState();
builder.AddClickWriting();
builder.AddFileSharing();
builder.AddApiDescription();
builder.AddWebClient();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<NodeRegistry>();
builder.Services.AddSingleton<EventPublisher>();

var app = builder.Build();

app.MapServiceDefaults();
app.UseRequestLimits();
app.UseWebClient();
app.UseAuthentication();
app.UseRateLimits();
app.UseAuthorization();
app.MapOpenApi().LimitedBy(LimitPolicy.Anonymous);

var api = app.MapGroup("/api").RequireAuthorization().LimitedBy(LimitPolicy.Reads, LimitPolicy.Changes);
api.MapClient();
api.MapAccounts();
api.MapConversations();
api.MapMessages();
api.MapBlocks();
api.MapReadState();
api.MapFiles();
api.MapUploads();
api.MapAdmin();
app.MapFileLinks();

app.Run();
