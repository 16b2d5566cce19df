using Chat.AppHost;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    DisableDashboard = args.Contains("--Dashboard:Enabled=false"),
});

var ownerPassword = builder.AddPassword("postgres-password");
var chatPassword = builder.AddPassword("chat-password");
var redisPassword = builder.AddPassword("redis-password");
var operatorKey = builder.AddPassword("operator-key");
var dataProtectionSecret = builder.AddPassword("data-protection-secret");

var database = builder.AddPostgresDatabase("postgres", "chat", ownerPassword);
var migrations = builder.AddMigrations<Projects.Chat_Worker>("migrations")
    .WithReference(database, "owner")
    .WithEnvironment("Migrations__ApplicationPassword", chatPassword)
    .WithEnvironment("DataProtection__Secret", dataProtectionSecret)
    .WaitFor(database);

var pgbouncer = builder.AddPgBouncer("pgbouncer", database, userName: "chat", chatPassword, after: migrations);
var redis = builder.AddRedisServer("redis", redisPassword);

var api = builder.AddService<Projects.Chat_Api>("api", service => service
    .WithReference(pgbouncer, "chat")
    .WithReference(redis, "redis")
    .WithEnvironment("DataProtection__Secret", dataProtectionSecret)
    .WithEnvironment("Operator__Key", operatorKey)
    .WithSharedFiles()
    .WithSettings("Web")
    .WithExternalHttpEndpoints()
    .WaitForCompletion(migrations)
    .WaitFor(pgbouncer), publishedPort: 5080);

builder.AddService<Projects.Chat_Realtime>("realtime", service => service
    .WithSettings("Realtime")
    .WithReference(pgbouncer, "chat")
    .WithReference(redis, "redis")
    .WithExternalHttpEndpoints()
    .WithEnvironment("DataProtection__Secret", dataProtectionSecret)
    .WaitForCompletion(migrations)
    .WaitFor(pgbouncer), publishedPort: 5090);

builder.AddService<Projects.Chat_Worker>("worker", service => service
    .WithReference(pgbouncer, "chat")
    .WithReference(redis, "redis")
    .WithEnvironment("DataProtection__Secret", dataProtectionSecret)
    .WithSharedFiles()
    .WaitForCompletion(migrations)
    .WaitFor(pgbouncer));

builder.AddWebClient("web");
builder.AddDemo<Projects.Chat_Worker>("demo", api);
builder.AddPublishingTargets();
builder.AnnounceWhenReady();

builder.Build().Run();
