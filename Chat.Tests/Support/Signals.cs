using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Chat.Tests.Support;

/// <summary>Sends signals to processes that the tests started. The app host itself never kills; a crash comes from outside.</summary>
internal static class Signals
{
    /// <summary>Ends a resource at once, without a chance to clean up.</summary>
    public static void Kill(ChatApplication chat, string resource) => Send("KILL", chat, resource);

    /// <summary>Waits until a resource that was killed has ended, and starts it.</summary>
    public static async Task StartAgainAsync(this ChatApplication chat, string resource)
    {
        using var timeout = new CancellationTokenSource(ChatApplication.Patience);
        await chat.App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, timeout.Token);
        var started = await chat.App.ResourceCommands.ExecuteCommandAsync(resource, "start");
        Assert.True(started.Success, started.Message);
    }

    /// <summary>
    /// Sends a signal to a resource's process and its descendants. Under Aspire a project's process is `dotnet run`, whose child is the
    /// service.
    /// </summary>
    public static void Send(string signal, ChatApplication chat, string resource)
    {
        var pid = ProcessId(chat, resource);
        foreach (var process in Descendants(pid).Prepend(pid).ToArray())
        {
            Send(signal, process);
        }
    }

    public static int ProcessId(ChatApplication chat, string resource) => Convert.ToInt32(
        chat.State(resource).Properties.Single(p => p.Name == "executable.pid").Value, CultureInfo.InvariantCulture);

    /// <param name="signal">Its name without SIG, such as "TERM".</param>
    /// <param name="processId">The process to send it to.</param>
    public static void Send(string signal, int processId)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{processId}"]);
        kill.WaitForExit();
    }

    public static bool Exists(int processId) => Directory.Exists($"/proc/{processId}");

    public static IEnumerable<int> Descendants(int parent)
    {
        foreach (var child in Children(parent))
        {
            yield return child;
            foreach (var grandchild in Descendants(child))
            {
                yield return grandchild;
            }
        }
    }

    private static IEnumerable<int> Children(int parent)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), out var pid) && ParentOf(pid) == parent)
            {
                yield return pid;
            }
        }
    }

    /// <summary>The fourth field of /proc/PID/stat (proc(5)); null where the process has just ended.</summary>
    private static int? ParentOf(int pid)
    {
        try
        {
            return int.Parse(File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
