using Chat.Contracts.Accounts;

namespace Chat.LoadTests.Seeding;

/// <summary>Somebody who is signed in. Tokens may be replaced at any moment: read <see cref="AccessToken"/> anew for each request.</summary>
internal sealed class TestUser(Guid id, string userName, string displayName, string refreshToken)
{
    private volatile Tokens _tokens = new(null, refreshToken, DateTimeOffset.MinValue);

    public Guid Id => id;

    public string UserName => userName;

    public string DisplayName => displayName;

    /// <exception cref="InvalidOperationException">They have not been signed in yet.</exception>
    public string AccessToken => _tokens.Access ?? throw new InvalidOperationException($"{userName} is not signed in.");

    /// <summary>When <see cref="AccessToken"/> stops being taken.</summary>
    public DateTimeOffset ExpiresAt => _tokens.ExpiresAt;

    internal string RefreshToken => _tokens.Refresh;

    internal void Use(SignIn signIn) => _tokens = new Tokens(signIn.AccessToken, signIn.RefreshToken, signIn.ExpiresAt);

    private sealed record Tokens(string? Access, string Refresh, DateTimeOffset ExpiresAt);
}
