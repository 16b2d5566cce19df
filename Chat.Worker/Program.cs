using Chat.Data;
using Chat.Data.Events;
using Chat.Data.Schedule;
using Chat.Data.Statements;
using Chat.ServiceDefaults;
using Chat.ServiceDefaults.Clients;
using Chat.Worker.Demo;
using Chat.Worker.Files;
using Chat.Worker.Housekeeping;
using Chat.Worker.Jobs;
using Chat.Worker.Migrate;

switch (args)
{
    case ["migrate", .. var rest]: return await MigrateCommand.RunAsync(rest);
    case ["demo", .. var rest]: return await DemoCommand.RunAsync(rest);
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase<ChatDb>("chat");
builder.Services.AddPreparedStatements();
builder.AddRedis("redis");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<JobSchedule>();
builder.Services.AddSingleton<EventPublisher>();
builder.Services.AddSingleton<EventSubscriber>();
builder.Services.AddJob<SampleStatements>();
builder.Services.AddJob<RecountMessagesJob>();
builder.Services.AddJob<MeasureRecountQueueJob>();
builder.Services.AddJob<AuditCountsJob>();
builder.Services.AddJob<FinishDeletionsJob>();
builder.AddHousekeeping();
builder.AddFileJobs();

var app = builder.Build();

app.MapServiceDefaults();

app.Run();
return 0;
