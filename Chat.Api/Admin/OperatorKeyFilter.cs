using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Chat.Api.Admin;

/// <summary>Lets only those in who know the operator key. Compares in constant time, so that the key cannot be guessed byte by byte.</summary>
internal sealed class OperatorKeyFilter(IOptions<OperatorOptions> options) : IEndpointFilter
{
    public const string Header = "X-Operator-Key";

    private readonly byte[] _hash = Hash(options.Value.Key);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var given = context.HttpContext.Request.Headers[Header].ToString();
        return CryptographicOperations.FixedTimeEquals(Hash(given), _hash)
            ? await next(context)
            : TypedResults.Problem(
                title: "The operator key is missing or wrong.", detail: $"Send it as the header {Header}.",
                statusCode: StatusCodes.Status401Unauthorized);
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
