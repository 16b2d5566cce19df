using System.Globalization;

namespace Aspire.Hosting.Running;

/// <summary>
/// Under <c>dotnet run</c>, ends the application when that process dies. Any other parent, such as a shell that puts us in
/// the background and leaves, may go.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static IDisposable Start(Action onParentGone)
    {
        var timer = new PeriodicTimer(Interval);
        if (ParentId() is { } parent && File.ReadAllText($"/proc/{parent}/comm").Trim() == "dotnet")
        {
            _ = WatchAsync();
        }

        return timer;

        async Task WatchAsync()
        {
            while (await timer.WaitForNextTickAsync())
            {
                if (ParentId() != parent)
                {
                    onParentGone();
                    return;
                }
            }
        }
    }

    /// <summary>The fourth field of /proc/self/stat (proc(5)); the second, the program's name, may itself hold spaces.</summary>
    private static int? ParentId()
    {
        const string stat = "/proc/self/stat";
        return File.Exists(stat)
            ? int.Parse(File.ReadAllText(stat).Split(')')[^1].Split(' ')[2], CultureInfo.InvariantCulture)
            : null;
    }
}
