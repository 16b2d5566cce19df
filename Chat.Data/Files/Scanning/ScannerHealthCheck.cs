using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Chat.Data.Files.Scanning;

/// <summary>Says whether files are scanned. Degraded, never unhealthy: while the scanner is away new files wait, and all else goes on.</summary>
internal sealed class ScannerHealthCheck(IOptions<FilesOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        options.Value.ScannerAddress is not { } scanner
            ? HealthCheckResult.Healthy("Off: files are handed out without having been scanned.")
            : await new Clamd(scanner.Host, scanner.Port).PingAsync(cancellationToken)
                ? HealthCheckResult.Healthy("On: files are handed out once they have been scanned.")
                : HealthCheckResult.Degraded("The scanner does not answer; new files wait for it.");
}
