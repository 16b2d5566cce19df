using Microsoft.Extensions.Configuration;

namespace Chat.AppHost;

/// <summary>
/// Where the local processes keep their data and the passwords that open it: <c>DataDirectory</c>, else <c>.data</c> beside
/// the app host; for root a folder below /var/lib, because the database's own user may not enter root's home.
/// </summary>
internal static class DataDirectory
{
    private const UnixFileMode Enterable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The path of a file or folder in it. The directory itself is made; <c>--fresh</c> empties it, once a start.</summary>
    public static string PathTo(IDistributedApplicationBuilder builder, string name)
    {
        var directory = builder.Configuration["DataDirectory"] is { Length: > 0 } configured
            ? Path.GetFullPath(configured)
            : Default(builder.AppHostDirectory);
        if (builder.Configuration.GetValue("Fresh", false) && Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        builder.Configuration["Fresh"] = bool.FalseString;
        Directory.CreateDirectory(directory);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory, Enterable);
        }

        return Path.Combine(directory, name);
    }

    private static string Default(string appHostDirectory)
    {
        var repository = Path.GetFullPath(Path.Combine(appHostDirectory, ".."));
        return Environment.UserName == "root"
            ? Path.Combine("/var/lib/chat", repository.Trim('/').Replace('/', '-'))
            : Path.Combine(repository, ".data");
    }
}
