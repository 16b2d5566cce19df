using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Chat.Data.Files.S3;

/// <summary>
/// Links to the bucket itself, by Signature Version 4 in the query (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
/// Made here and not by the SDK, which signs with the time of now: signed with the beginning of the window, a link is the same all through it, in every
/// process. It says how the bytes are to be handed out: the type, and whether they are shown or saved.
/// </summary>
public sealed class S3Links : ILinkSigner
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "s3";
    private readonly AWSCredentials _credentials;
    private readonly string _region;
    private readonly string _base;
    private readonly string _host;
    private readonly string _path;
    private volatile SigningKey? _key;

    internal S3Links(S3Options options, AWSCredentials credentials)
    {
        (_credentials, _region) = (credentials, options.Region);
        var address = options.PublicEndpoint ?? options.Endpoint ?? new Uri($"https://s3.{options.Region}.amazonaws.com");
        _host = options.IsPathStyle ? address.Authority : $"{options.Bucket}.{address.Authority}";
        _path = options.IsPathStyle ? $"{address.AbsolutePath.TrimEnd('/')}/{options.Bucket}/" : $"{address.AbsolutePath.TrimEnd('/')}/";
        _base = $"{address.Scheme}://{_host}";
    }

    /// <summary>Two hashes and some 700 characters: 16 µs, seven times those of a link to the API.</summary>
    public bool IsDear => true;

    public string Origin => _base;

    public string Sign(in LinkedFile file, LinkWindow window) => Sign(
        S3Keys.File(file.Id), DateTimeOffset.FromUnixTimeSeconds(window.Begins), window.Expires - window.Begins,
        ("response-cache-control", $"private, max-age={window.Length}, immutable"),
        ("response-content-disposition", Disposition.Of(file.Name, file.MediaType)), ("response-content-type", file.MediaType));

    /// <param name="response">In alphabetical order.</param>
    internal string Sign(string key, DateTimeOffset time, long holdsSeconds, params ReadOnlySpan<(string Name, string Value)> response)
    {
        var credentials = _credentials.GetCredentials();
        var day = time.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var at = time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{day}/{_region}/{Service}/aws4_request";
        var query = new StringBuilder($"X-Amz-Algorithm={Algorithm}&X-Amz-Credential={Uri.EscapeDataString($"{credentials.AccessKey}/{scope}")}")
            .Append(CultureInfo.InvariantCulture, $"&X-Amz-Date={at}&X-Amz-Expires={holdsSeconds}");
        if (credentials.UseToken)
        {
            query.Append("&X-Amz-Security-Token=").Append(Uri.EscapeDataString(credentials.Token));
        }

        query.Append("&X-Amz-SignedHeaders=host");
        foreach (var (name, value) in response)
        {
            query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        var request = $"GET\n{_path}{key}\n{query}\nhost:{_host}\n\nhost\nUNSIGNED-PAYLOAD";
        var signed = $"{Algorithm}\n{at}\n{scope}\n{Hash(request)}";
        var signature = HMACSHA256.HashData(KeyOf(credentials.SecretKey, day), Encoding.UTF8.GetBytes(signed));
        return $"{_base}{_path}{key}?{query}&X-Amz-Signature={Convert.ToHexStringLower(signature)}";
    }

    private byte[] KeyOf(string secret, string day)
    {
        if (_key is { } known && known.Day == day && known.Secret == secret)
        {
            return known.Key;
        }

        var key = Encoding.UTF8.GetBytes($"AWS4{secret}");
        foreach (var part in (string[])[day, _region, Service, "aws4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        _key = new SigningKey(day, secret, key);
        return key;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record SigningKey(string Day, string Secret, byte[] Key);
}
