namespace Chat.Tests.Support;

internal static class Repository
{
    /// <summary>The folder that holds Chat.sln.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo from) =>
        File.Exists(Path.Combine(from.FullName, "Chat.sln"))
            ? from.FullName
            : Find(from.Parent ?? throw new DirectoryNotFoundException("Chat.sln is in no folder above the tests."));
}
