using System.Globalization;
using System.Text.RegularExpressions;
using Chat.LoadTests.Limits.Programs;
using Npgsql;

namespace Chat.LoadTests.Limits.Postgres;

/// <summary>How many messages a second the database takes when each is a transaction of its own: <see cref="NaiveMessages"/>.</summary>
/// <param name="oneTrip">Whether a transaction is one request, or each statement waits for the answer to the one before.</param>
/// <param name="program">Its name; Debian has it beside the server, in no directory that a shell looks in.</param>
internal sealed partial class Pgbench(bool oneTrip = false, string program = "pgbench") : ILimit
{
    private const int MaxThreads = 2;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public string Name => oneTrip ? KnownLimits.PgbenchOneTrip : KnownLimits.Pgbench;

    public bool NeedsStack => true;

    public async Task<LimitResult> MeasureAsync(LimitContext context, CancellationToken cancellationToken)
    {
        if (context is not { Owner: { } owner, Pooled: { } pooled })
        {
            return new LimitResult.NotMeasured(Name, "the addresses of the database (owner and pooled) are not known");
        }

        if (InstalledPrograms.Find(program, "/usr/lib/postgresql", "bin") is not { } file)
        {
            return new LimitResult.NotMeasured(Name, $"{program} is not installed");
        }

        try
        {
            return await MeasureAsync(file, owner, new NpgsqlConnectionStringBuilder(pooled), context, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            return new LimitResult.NotMeasured(Name, e.Message);
        }
    }

    private async Task<LimitResult> MeasureAsync(
        string file, string owner, NpgsqlConnectionStringBuilder pooled, LimitContext context, CancellationToken cancellationToken)
    {
        try
        {
            await NaiveMessages.CreateAsync(owner, pooled.Username!, context.Conversations, cancellationToken);
            var warmUp = await RunAsync(file, pooled, context, context.WarmUp, cancellationToken);
            var run = warmUp.Failure is null ? await RunAsync(file, pooled, context, context.Duration, cancellationToken) : warmUp;
            return Result(run, context);
        }
        finally
        {
            await NaiveMessages.DropAsync(owner, CancellationToken.None);
        }
    }

    /// <summary>Without prepared statements: PgBouncer has them in transaction pooling only since 1.21.</summary>
    private Task<ProgramRun> RunAsync(
        string file, NpgsqlConnectionStringBuilder to, LimitContext context, TimeSpan duration, CancellationToken cancellationToken)
    {
        // It counts in whole seconds.
        var seconds = Math.Max(1, (int)Math.Round(duration.TotalSeconds));
        string[] arguments =
        [
            "-n", "-M", "simple", "-f", "-", "-D", $"conversations={context.Conversations}", "-T", $"{seconds}",
            "-c", $"{context.Connections}", "-j", $"{Math.Min(context.Connections, MaxThreads)}",
            "-h", to.Host!, "-p", $"{to.Port}", "-U", to.Username!, to.Database!,
        ];
        return ProgramRun.ToEndAsync(
            file, arguments, oneTrip ? NaiveMessages.OneTripScript : NaiveMessages.Script, TimeSpan.FromSeconds(seconds) + Grace,
            new Dictionary<string, string?> { ["PGPASSWORD"] = to.Password }, cancellationToken);
    }

    private LimitResult Result(ProgramRun run, LimitContext context) =>
        run.Failure is not null ? new LimitResult.NotMeasured(Name, run.Failure)
        : TransactionsPerSecond().Match(run.Output) is not { Success: true } tps
            || AverageLatency().Match(run.Output) is not { Success: true } latency
            ? new LimitResult.NotMeasured(Name, $"{program} reported no rate")
        : new LimitResult.Measured(
            Name, double.Parse(tps.Groups[1].Value, CultureInfo.InvariantCulture), "messages",
            $"pgbench, a transaction a message {(oneTrip ? "in one round trip" : "statement by statement")} through the pooler, {context.Connections} clients,"
            + $" {context.Conversations} conversations, no prepared statements, mean {latency.Groups[1].Value} ms");

    [GeneratedRegex(@"^tps = ([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex TransactionsPerSecond();

    [GeneratedRegex(@"^latency average = ([\d.]+) ms", RegexOptions.Multiline)]
    private static partial Regex AverageLatency();
}
