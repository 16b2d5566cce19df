using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Healthy when the address answers with the expected status. The answer's text becomes the reason when it does not.</summary>
internal sealed class HttpHealthCheck(IHttpClientFactory clients, EndpointReference endpoint, string? path, int expectedStatus)
    : IHealthCheck
{
    private const int MaxReason = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            using var client = clients.CreateClient();
            using var response = await client.GetAsync(new Uri(new Uri(endpoint.Url), path), timeout.Token);
            if ((int)response.StatusCode == expectedStatus)
            {
                return HealthCheckResult.Healthy();
            }

            var reason = await response.Content.ReadAsStringAsync(timeout.Token);
            return HealthCheckResult.Unhealthy($"{(int)response.StatusCode} {reason[..Math.Min(reason.Length, MaxReason)]}");
        }
        catch (HttpRequestException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"no answer within {Patience.TotalSeconds} s");
        }
    }
}
