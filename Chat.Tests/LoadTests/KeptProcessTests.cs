using Chat.LoadTests;
using Chat.LoadTests.Stacks;
using Chat.Tests.Support;

namespace Chat.Tests.LoadTests;

public sealed class KeptProcessTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];
    private readonly string _directory = TemporaryDirectory.Create();

    [Fact]
    public async Task At_its_end_the_program_has_ended_its_own_way_and_the_directory_is_gone()
    {
        var note = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var program = Start($"trap 'echo ended >{note}; exit' TERM; echo ready; while :; do read -r -t 1 <> <(:); done");
        await program.ReadyAsync(CancellationToken.None);
        var processes = Signals.Descendants(program.Id).ToArray();

        await program.DisposeAsync();

        Assert.Equal("ended\n", File.ReadAllText(note));
        File.Delete(note);
        Assert.NotEmpty(processes);
        // What the shell had begun a moment before may have ended already, and not be gone yet.
        await Eventually.HoldsAsync("its processes are gone", TimeSpan.FromSeconds(5), () => Task.FromResult(!processes.Any(Signals.Exists)));
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public async Task A_program_that_ends_before_it_is_ready_is_quoted()
    {
        await using var program = Start("echo the disk is full >&2; exit 1");

        var failure = await Assert.ThrowsAsync<CannotRunException>(() => program.ReadyAsync(CancellationToken.None));

        Assert.EndsWith("the disk is full", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        await using var program = Start("read -r <> <(:)");
        using var cancel = new CancellationTokenSource();
        var ready = program.ReadyAsync(cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ready);
    }

    private KeptProcess Start(string script) =>
        KeptProcess.Start(_directory, Path.GetTempPath(), NoEnvironment, readyLine: "ready", "bash", "-c", script);
}
