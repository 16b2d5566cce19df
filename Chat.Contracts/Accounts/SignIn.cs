namespace Chat.Contracts.Accounts;

/// <summary>What a client needs to act as a person, until expiresAt; then it refreshes.</summary>
/// <param name="AccessToken">Goes into the header <c>Authorization: Bearer …</c>.</param>
/// <param name="ExpiresAt">When the access token stops being taken: ten minutes from now.</param>
/// <param name="RefreshToken">Good for one refresh, within 60 days. Keep it secret: whoever has it is signed in.</param>
/// <param name="SessionId">This sign-in, as the list of sessions names it.</param>
/// <param name="User">Who is signed in.</param>
public sealed record SignIn(string AccessToken, DateTimeOffset ExpiresAt, string RefreshToken, Guid SessionId, Me User);

/// <summary>The caller's own account.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="UserName">Lower-case; never changes.</param>
/// <param name="DisplayName">As others see it.</param>
/// <param name="Roles">"user", and "operator" for those who run the installation.</param>
/// <param name="CreatedAt">When the account was registered.</param>
public sealed record Me(Guid Id, string UserName, string DisplayName, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt);
