using System.Diagnostics;
using System.Net.Http.Json;
using Chat.Contracts;
using Chat.Contracts.Accounts;

namespace Chat.LoadTests.Seeding;

/// <summary>Exchanges refresh tokens for access tokens, spread over all replicas of the API.</summary>
internal sealed class SignIns(IReadOnlyList<Uri> api) : IDisposable
{
    private const int AtOnce = 32;
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private int _turn;

    /// <exception cref="CannotRunException">Somebody could not be signed in.</exception>
    public Task RefreshAllAsync(IEnumerable<TestUser> users, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        users, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (user, token) => await RefreshAsync(user, token));

    /// <summary>
    /// Tries a few times: the answer to a refresh may be lost, and the same token is then taken once more within the session's grace.
    /// </summary>
    /// <exception cref="CannotRunException">It failed each time.</exception>
    public async Task RefreshAsync(TestUser user, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var failure = await TryRefreshAsync(user, cancellationToken);
            if (failure is null)
            {
                return;
            }

            if (attempt == Attempts)
            {
                throw new CannotRunException($"{user.UserName} cannot be signed in: {failure}");
            }

            // A server that is starting or overloaded says nothing that could be waited for.
            await Task.Delay(Pause * attempt, cancellationToken);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Null, or why not.</summary>
    private async Task<string?> TryRefreshAsync(TestUser user, CancellationToken cancellationToken)
    {
        var replica = api[(int)((uint)Interlocked.Increment(ref _turn) % api.Count)];
        try
        {
            using var answer = await _client.PostAsJsonAsync(
                new Uri(replica, "/api/auth/refresh"), new RefreshRequest(user.RefreshToken), ContractsJson.Default.RefreshRequest,
                cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                return $"{replica} answers {(int)answer.StatusCode}.";
            }

            var signIn = await answer.Content.ReadFromJsonAsync(ContractsJson.Default.SignIn, cancellationToken);
            user.Use(signIn ?? throw new UnreachableException());
            return null;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return e.Message;
        }
    }
}
