using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Chat.Api.Web;

/// <summary>A file of the web client, in each form that the build made of it.</summary>
/// <param name="CacheControl">How long a browser may go by what it has.</param>
/// <param name="Plain">As it is.</param>
/// <param name="Compressed">The same by content coding, best first; empty for what does not shrink.</param>
internal sealed record WebAsset(string MediaType, string CacheControl, WebBody Plain, IReadOnlyList<WebBody> Compressed)
{
    /// <summary>The smallest form that the browser takes (RFC 9110, section 12.5.3).</summary>
    public WebBody For(HttpRequest request)
    {
        if (Compressed.Count > 0 && StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var taken))
        {
            foreach (var body in Compressed)
            {
                if (taken.Any(coding => coding.Quality is not 0 && coding.Value.Equals(body.Coding, StringComparison.OrdinalIgnoreCase)))
                {
                    return body;
                }
            }
        }

        return Plain;
    }
}

/// <summary>The bytes of one form of a file, and a tag made of them, so that all replicas give the same.</summary>
internal sealed record WebBody(ReadOnlyMemory<byte> Bytes, string? Coding)
{
    public EntityTagHeaderValue Tag { get; } = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes.Span))[..32]}\"");
}
