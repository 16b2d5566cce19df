using Chat.LoadTests.Limits;
using Chat.LoadTests.Limits.Bare;
using Chat.LoadTests.Limits.Postgres;
using Chat.LoadTests.Limits.Redis;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.LoadTests;

/// <summary>What stands beside every result of a load test is measured, or it is said why not; and it leaves no trace.</summary>
[Collection(ChatCollection.Name)]
public sealed class LimitTests(ChatApplication chat) : IDisposable
{
    private readonly string _directory = TemporaryDirectory.Create();

    public static TheoryData<string> Names => [.. Limits.Keys];

    /// <summary>All that are known; the file is smaller, as many tests share the disk.</summary>
    private static Dictionary<string, ILimit> Limits { get; } =
        KnownLimits.All.ToDictionary(limit => limit.Name, limit => limit is FileCopy ? new FileCopy(megabytes: 8) : limit);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_limit_is_measured_and_leaves_nothing_behind(string name)
    {
        var context = await ContextAsync();

        var result = Assert.IsType<LimitResult.Measured>(await Limits[name].MeasureAsync(context, CancellationToken.None));

        Assert.Equal(name, result.Name);
        Assert.InRange(result.PerSecond, 1, 100_000_000);
        Assert.NotEmpty(result.Unit);
        Assert.Empty(await TracesAsync());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_limit_that_is_broken_off_leaves_nothing_behind(string name)
    {
        using var stop = new CancellationTokenSource();
        var context = await ContextAsync() with { Duration = TimeSpan.FromMinutes(10) };
        var measuring = Limits[name].MeasureAsync(context, stop.Token);
        await Eventually.HoldsAsync(
            "it has begun", ChatApplication.Patience, async () => measuring.IsCompleted || await TracesAsync() is { Count: > 0 });
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring);
        Assert.Empty(await TracesAsync());
    }

    [Fact]
    public async Task Without_the_program_it_says_so()
    {
        var context = await ContextAsync();

        Assert.Equal("no-such-program is not installed", await WhyNotAsync(new Pgbench(program: "no-such-program"), context));
        Assert.Equal("no-such-program is not installed", await WhyNotAsync(new RedisPublish("no-such-program"), context));
    }

    [Fact]
    public async Task Without_an_address_it_says_so()
    {
        var context = await ContextAsync();

        Assert.Contains("not known", await WhyNotAsync(new Pgbench(), context with { Owner = null }), StringComparison.Ordinal);
        Assert.Contains("not known", await WhyNotAsync(new Pgbench(), context with { Pooled = null }), StringComparison.Ordinal);
        Assert.Contains("not known", await WhyNotAsync(new FileCopy(), context with { Directory = null }), StringComparison.Ordinal);
        Assert.Contains("no directory", await WhyNotAsync(new FileCopy(), context with { Directory = "/nowhere" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_lets_nobody_in_is_told_with_its_reason_and_without_the_password()
    {
        var context = await ContextAsync();
        var closed = new NpgsqlConnectionStringBuilder(context.Owner) { Port = 1 }.ConnectionString;
        var wrong = new NpgsqlConnectionStringBuilder(context.Pooled) { Password = "a-wrong-password" }.ConnectionString;

        Assert.Contains("Failed to connect", await WhyNotAsync(new Pgbench(), context with { Owner = closed }), StringComparison.Ordinal);
        var why = await WhyNotAsync(new Pgbench(), context with { Pooled = wrong });
        Assert.Contains("failed", why, StringComparison.Ordinal);
        Assert.DoesNotContain("a-wrong-password", why, StringComparison.Ordinal);
        Assert.Empty(await TracesAsync());
    }

    [Fact]
    public void Only_known_limits_can_be_asked_for() => Assert.Throws<ArgumentException>(() => KnownLimits.Named("fastest"));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<string> WhyNotAsync(ILimit limit, LimitContext context) =>
        Assert.IsType<LimitResult.NotMeasured>(await limit.MeasureAsync(context, CancellationToken.None)).Why;

    private async Task<LimitContext> ContextAsync() => new()
    {
        Connections = 4,
        Conversations = 2,
        Listeners = 5,
        WarmUp = TimeSpan.FromMilliseconds(100),
        Duration = TimeSpan.FromMilliseconds(300),
        Owner = await chat.ConnectionStringAsync("postgres"),
        Pooled = await chat.ConnectionStringAsync("pgbouncer"),
        Directory = _directory,
    };

    /// <summary>Files, programs that we started, and the schema.</summary>
    private async Task<IReadOnlyList<string>> TracesAsync()
    {
        await using var owner = await chat.OwnerAsync();
        await using var command = owner.CreateCommand("select count(*) from pg_namespace where nspname = 'limits'");
        var schema = (long)(await command.ExecuteScalarAsync())! == 0 ? Array.Empty<string>() : ["limits"];
        return [.. schema, .. Directory.EnumerateFileSystemEntries(_directory), .. Signals.Descendants(Environment.ProcessId).Select(CommandLine).Where(IsOurs)];
    }

    private static bool IsOurs(string commandLine) =>
        new[] { BareServerProcess.Command, "pgbench", "redis-benchmark", "--appendonly" }.Any(commandLine.Contains);

    private static string CommandLine(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
