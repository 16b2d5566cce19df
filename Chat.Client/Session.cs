using System.Net;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Accounts;

namespace Chat.Client;

/// <summary>The user's tokens. The access token is renewed before its end, and when it was refused; the refresh token changes with each use.</summary>
public sealed class Session(ClientOptions options, HttpClient http, SignIn signIn) : IDisposable
{
    private static readonly TimeSpan BeforeEnd = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _turn = new(1);
    private volatile SignIn _signIn = signIn;

    public Guid UserId { get; } = signIn.User.Id;

    /// <summary>That the session has ended: only signing in again helps.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>A token that holds for a while yet.</summary>
    /// <param name="refused">A token that was just refused; null: none was.</param>
    /// <exception cref="SessionEndedException">There will be none any more.</exception>
    public async Task<string> AccessTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        if (Holds(refused))
        {
            return _signIn.AccessToken;
        }

        // One at a time: the token that is sent second would be one that was used before, which ends the session.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; !Holds(refused); attempt++)
            {
                if (!await TryRefreshAsync(attempt, cancellationToken))
                {
                    // The pause before the next attempt to refresh, jittered.
                    await Task.Delay(options.Backoff.Pause(attempt), cancellationToken);
                }
            }

            return _signIn.AccessToken;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool Holds(string? refused) => HasEnded
        ? throw new SessionEndedException()
        : _signIn.AccessToken != refused && _signIn.ExpiresAt - BeforeEnd > DateTimeOffset.UtcNow;

    /// <summary>The same refresh token may be sent again where the answer was lost: it is taken once more for a while.</summary>
    private async Task<bool> TryRefreshAsync(int attempt, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(
                new Uri(options.Api[attempt % options.Api.Count], "/api/auth/refresh"), new RefreshRequest(_signIn.RefreshToken),
                ContractsJson.Default.RefreshRequest, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                HasEnded = true;
            }
            else if (answer.IsSuccessStatusCode)
            {
                _signIn = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.SignIn, cancellationToken))!;
                return true;
            }
        }
        catch (Exception e) when (ApiCalls.IsUnreachable(e, cancellationToken))
        {
        }

        return false;
    }
}

/// <summary>The session has ended, here or on another device: sign in again.</summary>
public sealed class SessionEndedException() : Exception("The session has ended.");
