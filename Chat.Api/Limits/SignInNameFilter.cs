using Chat.Api.Accounts;
using Chat.Contracts.Accounts;
using Chat.Data.RateLimits;
using Microsoft.Extensions.Options;

namespace Chat.Api.Limits;

/// <summary>Counts sign-ins by the account name that was sent, before the password is looked at. Names that nobody can have cost nothing.</summary>
internal sealed class SignInNameFilter(RateLimiter limiter, PolicyLimits limits, IOptions<RateLimitOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var name = context.Arguments.OfType<LoginRequest>().Single().UserName;
        if (!options.Value.Enabled || !AccountRules.IsUserName(name))
        {
            return await next(context);
        }

        var limit = limits[LimitPolicy.Names];
        var permit = await limiter.TakeAsync(limit.Limit, name.ToLowerInvariant());
        if (permit.Granted)
        {
            return await next(context);
        }

        limit.Tell(context.HttpContext.Response, permit);
        return RateLimitAnswers.Refusal();
    }
}
