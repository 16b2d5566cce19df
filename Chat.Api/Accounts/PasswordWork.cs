using System.Threading.RateLimiting;
using Chat.ServiceDefaults.Problems;

namespace Chat.Api.Accounts;

/// <summary>
/// Bounds how many passwords are hashed at once. A hash takes about 100 ms of a core on purpose; without a bound a burst of sign-ins
/// would take the cores from everybody's messages. Who does not fit into the queue gets 503.
/// </summary>
internal sealed class PasswordWork : IDisposable
{
    /// <summary>Some three seconds of work on two cores.</summary>
    private const int Queue = 64;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount),
        QueueLimit = Queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public ValueTask<RateLimitLease> TurnAsync(CancellationToken cancellationToken) =>
        _limiter.AcquireAsync(cancellationToken: cancellationToken);

    public void Dispose() => _limiter.Dispose();
}

/// <summary>Lets a request to an endpoint that hashes a password wait for its turn.</summary>
internal sealed class PasswordWorkFilter(PasswordWork work) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var turn = await work.TurnAsync(context.HttpContext.RequestAborted);
        return turn.IsAcquired ? await next(context) : Problems.Busy();
    }
}
