namespace Chat.Tests.Support;

internal static class TemporaryDirectory
{
    /// <summary>Makes a directory that other users may enter: PostgreSQL's own user, when the tests run as root.</summary>
    public static string Create()
    {
        var directory = Directory.CreateTempSubdirectory("chat-tests-");
        directory.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return directory.FullName;
    }
}
