using System.Collections.Frozen;

namespace Chat.Api.Accounts;

/// <summary>The commonest passwords that are long enough to be allowed otherwise: common-passwords.txt, letter case aside.</summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> All = Read().ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string password) => All.Contains(password);

    private static IEnumerable<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("common-passwords.txt is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
