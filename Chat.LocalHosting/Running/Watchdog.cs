using System.Diagnostics;

namespace Aspire.Hosting.Running;

/// <summary>
/// Ends what was started here when this process dies without a chance to do so itself. A shell waits on a pipe whose other
/// end only we hold. (The kernel's own parent-death signal is tied to the thread that forked and is lost when a child
/// changes its user, so it neither spares the living nor reaches Postgres.)
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const string Script = """
        declare -A alive
        trap '' INT TERM HUP
        while read -r change pid; do
          if [ "$change" = start ]; then alive[$pid]=1; else unset "alive[$pid]"; fi
        done
        for signal in INT TERM KILL; do
          for round in $(seq 50); do
            [ "$round" = 1 ] && for pid in "${!alive[@]}"; do kill -s "$signal" -- "-$pid" 2>/dev/null; done
            left=0
            for pid in "${!alive[@]}"; do kill -0 -- "-$pid" 2>/dev/null && left=1; done
            [ "$left" = 0 ] && exit
            sleep 0.1
          done
        done
        """;

    private readonly Process _shell = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", Script])
    {
        RedirectStandardInput = true,
    })!;

    public void Started(ChildProcess process) => Tell($"start {process.Id}");

    public void Ended(ChildProcess process) => Tell($"end {process.Id}");

    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.Dispose();
    }

    private void Tell(string line)
    {
        lock (_shell)
        {
            _shell.StandardInput.WriteLine(line);
            _shell.StandardInput.Flush();
        }
    }
}
