using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Chat.Tests.Support;

namespace Chat.Tests.Chaos;

/// <summary>What befalls a process.</summary>
/// <param name="At">Counted from the beginning.</param>
/// <param name="IsKilled">Else it is held (SIGSTOP) and let go on.</param>
/// <param name="For">How long it is gone.</param>
internal sealed record Fault(TimeSpan At, string Victim, bool IsKilled, TimeSpan For)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At.TotalSeconds:0.0} s: {Victim} {(IsKilled ? "killed" : "held")} for {For.TotalSeconds:0.0} s");
}

/// <summary>A random schedule of faults, which follows from its seed.</summary>
internal sealed class FaultPlan
{
    private static readonly string[] Victims = ["api", "api2", "realtime", "realtime2", "redis", "pgbouncer"];

    private readonly List<Fault> _faults = [];

    /// <summary>Faults that begin in that time; one victim suffers one at a time, different ones may at once.</summary>
    public FaultPlan(Random random, TimeSpan within)
    {
        var free = Victims.ToDictionary(victim => victim, _ => TimeSpan.Zero);
        for (var at = Seconds(0.3, 1); at < within; at += Seconds(0.3, 1.6))
        {
            var victim = Victims[random.Next(Victims.Length)];
            if (free[victim] <= at)
            {
                var fault = new Fault(at, victim, random.Next(2) == 0, Seconds(0.1, 2));
                _faults.Add(fault);
                free[victim] = at + fault.For + TimeSpan.FromSeconds(1);
            }
        }

        TimeSpan Seconds(double least, double most) => TimeSpan.FromSeconds(least + (random.NextDouble() * (most - least)));
    }

    public override string ToString() => string.Join("; ", _faults);

    /// <summary>Lets them happen; when it returns, every process runs and is healthy.</summary>
    public async Task RunAsync(ChatApplication chat)
    {
        await Task.WhenAll(_faults.GroupBy(fault => fault.Victim).Select(async faults =>
        {
            var started = DateTime.UtcNow;
            foreach (var fault in faults)
            {
                // The schedule is made of times.
                var wait = fault.At - (DateTime.UtcNow - started);
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
                await (fault.IsKilled ? KillAsync(chat, fault) : HoldAsync(chat, fault));
            }
        }));
        using var patience = new CancellationTokenSource(ChatApplication.Patience);
        foreach (var victim in Victims)
        {
            await chat.App.ResourceNotifications.WaitForResourceHealthyAsync(victim, patience.Token);
        }
    }

    private static async Task KillAsync(ChatApplication chat, Fault fault)
    {
        using var patience = new CancellationTokenSource(ChatApplication.Patience);
        Signals.Kill(chat, fault.Victim);
        await chat.App.ResourceNotifications.WaitForResourceAsync(fault.Victim, KnownResourceStates.TerminalStates, patience.Token);
        await Task.Delay(fault.For);
        var started = await chat.App.ResourceCommands.ExecuteCommandAsync(fault.Victim, "start", patience.Token);
        Assert.True(started.Success, started.Message);
    }

    private static async Task HoldAsync(ChatApplication chat, Fault fault)
    {
        Signals.Send("STOP", chat, fault.Victim);
        await Task.Delay(fault.For);
        Signals.Send("CONT", chat, fault.Victim);
    }
}
