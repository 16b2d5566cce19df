using System.Net;
using Chat.LoadTests.Seeding;
using Chat.LoadTests.Stacks;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

public sealed class LocalStackTests
{
    /// <summary>What these tests run is what the stack would build, unless they are of another configuration.</summary>
    private static readonly bool Build = !AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_private_stack_serves_tells_what_it_uses_and_leaves_nothing()
    {
        using var timeout = new CancellationTokenSource(Patience);
        var others = Signals.Descendants(Environment.ProcessId).ToArray();
        var stack = await LocalStack.StartAsync(replicas: 2, Build, timeout.Token);
        var started = Signals.Descendants(Environment.ProcessId).Except(others).ToArray();
        try
        {
            await EachReplicaIsHealthyAsync(stack);
            var (telemetry, processes) = (await stack.TelemetryAsync(timeout.Token), stack.Processes());

            await using var users = await TestUsers.CreateAsync(stack, count: 20, seed: 1, timeout.Token);

            var told = (await stack.TelemetryAsync(timeout.Token))!.Since(telemetry!);
            Assert.Equal(20, told.Statements()["RotateSession"].Count);
            Assert.True(told.DatabaseCalls()["api2"].Count >= 10, "Half of the people were signed in at the second replica.");
            Assert.All(told.Services.Values, service => Assert.True(service.MetricPoints > 0));
            var usage = stack.Processes().Since(processes);
            Assert.Equal(
                ["api", "api2", "apphost", "generator", "pgbouncer", "postgres", "realtime", "realtime2", "redis", "sink", "worker"], usage.Keys);
            Assert.All(usage.Values, process => Assert.Equal(ProcessFate.Lived, process.Fate));
            Assert.All(usage.Values, process => Assert.True(process.ResidentMb > 1));
            Assert.True(usage["api"].CpuSeconds > 0);
            await ThePasswordsOpenItAsync(stack);
        }
        finally
        {
            await stack.DisposeAsync();
        }

        Assert.False(Directory.Exists(stack.Directory));
        await Eventually.HoldsAsync(
            "nothing that was started is left", TimeSpan.FromSeconds(10), () => Task.FromResult(!started.Any(Signals.Exists)));
    }

    private static async Task EachReplicaIsHealthyAsync(Stack stack)
    {
        using var client = new HttpClient();
        foreach (var replica in (Uri[])[.. stack.Api, .. stack.Realtime])
        {
            using var answer = await client.GetAsync(new Uri(replica, "/health"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal((2, 2), (stack.Api.Count, stack.Realtime.Count));
    }

    private static async Task ThePasswordsOpenItAsync(Stack stack)
    {
        await using var pooled = stack.Pooled().CreateCommand("select current_user");
        Assert.Equal("chat", await pooled.ExecuteScalarAsync());
        await using var owner = stack.Owner().CreateCommand("select current_setting('fsync')");
        Assert.Equal("on", await owner.ExecuteScalarAsync());
        Assert.Equal(32, stack.Redis.Password!.Length);
    }
}
