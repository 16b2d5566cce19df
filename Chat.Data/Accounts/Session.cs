namespace Chat.Data.Accounts;

/// <summary>
/// One sign-in, from then until it is ended or not refreshed for <see cref="Lifetime"/>. Of its refresh tokens only hashes are kept.
/// </summary>
public sealed class Session
{
    /// <summary>How long a session lives on after its last refresh.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);

    /// <summary>So many sessions of one user may live; a further sign-in ends those unused for longest.</summary>
    public const int MaxPerUser = 100;

    /// <summary>The longest client description kept; what is longer is cut off.</summary>
    public const int MaxUserAgent = 256;

    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>Of the part that all refresh tokens of this session have in common.</summary>
    public required byte[] FamilyHash { get; init; }

    /// <summary>Of the refresh token that is to be used next.</summary>
    public required byte[] RefreshHash { get; init; }

    /// <summary>Of the one before it.</summary>
    public byte[]? PreviousHash { get; init; }

    /// <summary>How many refresh tokens the session has had.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>What the client called itself at sign-in.</summary>
    public string? UserAgent { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastRefreshedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>A new session and its first refresh token.</summary>
    public static (Session Session, RefreshToken Token) Start(Guid userId, string? userAgent)
    {
        var token = RefreshToken.Create();
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            UserId = userId,
            FamilyHash = token.FamilyHash,
            RefreshHash = token.Hash,
            UserAgent = Clean(userAgent),
        };
        return (session, token);
    }

    /// <summary>A header may hold any byte; the database takes no zero, and a list of sessions no control characters.</summary>
    private static string? Clean(string? userAgent)
    {
        var printable = new string([.. (userAgent ?? "").Where(c => c is >= ' ' and <= '~').Take(MaxUserAgent)]);
        return printable.Length == 0 ? null : printable;
    }
}
