using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chat.Client;

/// <summary>What a call was answered. <paramref name="Value"/> is null where the status is not of success.</summary>
public readonly record struct Answer<T>(HttpStatusCode Status, T? Value);

/// <summary>Calls to the API, of whichever replica answers, with a token that holds.</summary>
internal sealed class ApiCalls(ClientOptions options, HttpClient http, Session session)
{
    private int _replica = Random.Shared.Next(options.Api.Count);

    /// <summary>Asks until there is an answer that would not change by asking again.</summary>
    public async Task<Answer<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            if (await TryAsync(() => new HttpRequestMessage(HttpMethod.Get, path), type, cancellationToken) is { } answer)
            {
                return answer;
            }

            // The pause before the next attempt, jittered, so that clients do not all come back at once.
            await Task.Delay(options.Backoff.Pause(attempt), cancellationToken);
        }
    }

    /// <summary>Makes a call once; again only with a new token, where the one it had was refused.</summary>
    /// <returns>Null where it may be otherwise a moment later: no answer, too many requests, the server's own trouble.</returns>
    public async Task<Answer<T>?> TryAsync<T>(Func<HttpRequestMessage> request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        string? refused = null;
        while (true)
        {
            var token = await session.AccessTokenAsync(refused, cancellationToken);
            using var message = request();
            message.RequestUri = new Uri(options.Api[_replica % options.Api.Count], message.RequestUri!.OriginalString);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            try
            {
                using var answer = await http.SendAsync(message, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.Unauthorized && refused is null)
                {
                    refused = token;
                    continue;
                }

                if (answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
                {
                    return null;
                }

                return new Answer<T>(
                    answer.StatusCode, answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync(type, cancellationToken) : null);
            }
            catch (Exception e) when (IsUnreachable(e, cancellationToken))
            {
                // The next time another replica is asked.
                Interlocked.Increment(ref _replica);
                return null;
            }
        }
    }

    /// <summary>No answer, or half of one: not cancelled by us.</summary>
    public static bool IsUnreachable(Exception e, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException or OperationCanceledException or System.Text.Json.JsonException;
}
