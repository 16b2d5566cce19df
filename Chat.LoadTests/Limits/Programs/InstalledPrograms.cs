namespace Chat.LoadTests.Limits.Programs;

/// <summary>Where programs are.</summary>
internal static class InstalledPrograms
{
    /// <summary>
    /// The file of a program, null where there is none: below <paramref name="versions"/>, of whose folders the newest counts, else where
    /// a shell looks.
    /// </summary>
    /// <param name="program">Its name.</param>
    /// <param name="versions">A directory that has one folder a version.</param>
    /// <param name="folder">Where in a version's folder the programs are.</param>
    public static string? Find(string program, string? versions = null, string folder = "bin") =>
        Versions(versions).Select(version => Path.Combine(version, folder))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    private static IEnumerable<string> Versions(string? directory) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory)
            .OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0)
        : [];
}
