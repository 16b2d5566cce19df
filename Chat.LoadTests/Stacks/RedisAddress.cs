namespace Chat.LoadTests.Stacks;

/// <summary>Where Redis is, and its password; null where it has none.</summary>
internal sealed record RedisAddress(string Host, int Port, string? Password)
{
    private const string PasswordOption = "password=";

    /// <summary>Reads <c>host:port,password=…</c>, as Redis clients for .NET write it; other options of theirs are passed over.</summary>
    /// <exception cref="CannotRunException">It is not of that form.</exception>
    public static RedisAddress Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var colon = parts[0].LastIndexOf(':');
        return colon > 0 && ushort.TryParse(parts[0][(colon + 1)..], out var port)
            ? new RedisAddress(parts[0][..colon], port, parts.Skip(1).Where(IsPassword).Select(p => p[PasswordOption.Length..]).FirstOrDefault())
            : throw new CannotRunException("Redis is to be given as host:port,password=….");
    }

    private static bool IsPassword(string option) => option.StartsWith(PasswordOption, StringComparison.OrdinalIgnoreCase);
}
