using Chat.AppHost;

var builder = DistributedApplication.CreateBuilder(args);

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

builder.AddService<Projects.Chat_Api>("api", api => api
    .WithReference(pgbouncer, "chat")
    .WithReference(redis, "redis")
    .WithEnvironment("DataProtection__Secret", dataProtectionSecret)
    .WithEnvironment("Operator__Key", operatorKey)
    .WaitForCompletion(migrations)
    .WaitFor(pgbouncer));

builder.AddService<Projects.Chat_Realtime>("realtime", realtime => realtime
    .WithReference(pgbouncer, "chat")
    .WithReference(redis, "redis")
    .WithEnvironment("DataProtection__Secret", dataProtectionSecret)
    .WaitForCompletion(migrations)
    .WaitFor(pgbouncer));

builder.AddService<Projects.Chat_Worker>("worker", worker => worker
    .WithReference(pgbouncer, "chat")
    .WithReference(redis, "redis")
    .WithEnvironment("DataProtection__Secret", dataProtectionSecret)
    .WaitForCompletion(migrations)
    .WaitFor(pgbouncer));

builder.AddPublishingTargets();
builder.AnnounceWhenReady();

builder.Build().Run();
