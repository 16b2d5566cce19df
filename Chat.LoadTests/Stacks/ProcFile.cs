using System.Globalization;

namespace Chat.LoadTests.Stacks;

/// <summary>What proc(5) tells of a process. Each is null where the process has ended.</summary>
internal static class ProcFile
{
    // USER_HZ, which the kernel has fixed at 100 for everybody outside it.
    private const double TicksPerSecond = 100;

    /// <param name="ParentId">Who started it, or who took it over.</param>
    /// <param name="StartedAt">In ticks since the machine's start: tells it from another that got its number later.</param>
    /// <param name="CpuSeconds">Its own, and that of its children which have ended and were waited for.</param>
    public sealed record Stat(int ParentId, long StartedAt, double CpuSeconds);

    public static Stat? StatOf(int pid) => Read($"/proc/{pid}/stat") is { Length: > 0 } text ? Parse(text) : null;

    public static string? CommandLineOf(int pid) => Read($"/proc/{pid}/cmdline")?.Replace('\0', ' ');

    public static string? NameOf(int pid) => Read($"/proc/{pid}/comm")?.TrimEnd();

    public static string? VariableOf(int pid, string name) => Read($"/proc/{pid}/environ")?.Split('\0')
        .FirstOrDefault(variable => variable.StartsWith(name + '=', StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>Bytes of memory, those shared with others counted in part: the sum over processes that share is what they all need.</summary>
    public static long? ProportionalBytesOf(int pid) => Read($"/proc/{pid}/smaps_rollup")?.Split('\n')
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024)
        .FirstOrDefault();

    /// <summary>Open files, sockets and the like.</summary>
    public static int HandlesOf(int pid)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    public static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory), out var pid) ? pid : 0).Where(pid => pid > 0);

    /// <summary>The second field, the program's name, may itself hold spaces and brackets; after it come the third and so on.</summary>
    private static Stat Parse(string text)
    {
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return new Stat(
            int.Parse(fields[1], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
