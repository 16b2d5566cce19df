using System.Diagnostics;
using Chat.LoadTests.Stacks;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

public sealed class ProcessSnapshotTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_process_is_charged_with_what_its_children_burn_and_nobody_else_is()
    {
        // The children come and go, as a database's do.
        using var parent = Bash("echo; while :; do (for ((i = 0; i < 20000; i++)); do :; done); done");
        using var idle = Bash("echo; read -r");
        var before = Take();

        await Eventually.HoldsAsync("0.3 s of processor time were used", Patience, () => Task.FromResult(
            Take().Since(before)["burning"].CpuSeconds >= 0.3));

        var usage = Take().Since(before);
        Assert.InRange(usage["burning"].ResidentMb, 0.1, 100);
        Assert.InRange(usage["idle"].CpuSeconds, 0, 0.02);
        Assert.All(usage.Values, process => Assert.Equal(ProcessFate.Lived, process.Fate));
        parent.Kill(entireProcessTree: true);
        idle.Kill();

        ProcessSnapshot Take() => ProcessSnapshot.Take([new("burning", parent.Id), new("idle", idle.Id)]);
    }

    [Fact]
    public void Whoever_died_or_was_replaced_is_told_from_whoever_lived()
    {
        using var first = Bash("echo; read -r");
        using var second = Bash("echo; read -r");
        var before = ProcessSnapshot.Take([new("same", first.Id), new("dead", first.Id), new("replaced", first.Id)]);

        var usage = ProcessSnapshot.Take([new("same", first.Id), new("replaced", second.Id)]).Since(before);

        Assert.Equal(
            (ProcessFate.Lived, ProcessFate.Died, ProcessFate.Replaced),
            (usage["same"].Fate, usage["dead"].Fate, usage["replaced"].Fate));
        first.Kill();
        second.Kill();
    }

    /// <summary>Returns when the script has printed its first line.</summary>
    private static Process Bash(string script)
    {
        var process = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardOutput.ReadLine();
        return process;
    }
}
