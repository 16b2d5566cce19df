using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.S3.Model;

namespace Chat.Data.Files.S3;

/// <summary>The bucket, with the calls that the store is made of. Everything fails as <see cref="FileStoreException"/>.</summary>
internal sealed class Bucket : IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _name;

    public Bucket(S3Options options)
    {
        _name = options.Bucket!;
        Credentials = options.AccessKey is { } key
            ? new BasicAWSCredentials(key, options.SecretKey)
            : DefaultAWSCredentialsIdentityResolver.GetCredentials();
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = options.IsPathStyle,
            Timeout = TimeSpan.FromSeconds(60),
            MaxErrorRetry = 2,

            // What Amazon's own store takes and few others do; each part is signed with its SHA-256 in any case.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint)
        {
            configuration.ServiceURL = endpoint.ToString();
            configuration.AuthenticationRegion = options.Region;
        }
        else
        {
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        _client = new AmazonS3Client(Credentials, configuration);
    }

    public AWSCredentials Credentials { get; }

    /// <summary>Null where there is none.</summary>
    public Task<Stream?> GetAsync(string key, CancellationToken cancellationToken) => GuardAsync(async () =>
        (Stream?)(await _client.GetObjectAsync(_name, key, cancellationToken)).ResponseStream);

    /// <summary>In bytes; null where there is none.</summary>
    public Task<long?> SizeAsync(string key, CancellationToken cancellationToken) => GuardAsync(async () =>
        (long?)(await _client.GetObjectMetadataAsync(_name, key, cancellationToken)).ContentLength);

    public Task PutAsync(string key, Stream content, CancellationToken cancellationToken) => GuardAsync(() => _client.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = _name,
            Key = key,
            InputStream = content,
            AutoCloseStream = false,
            UseChunkEncoding = false,
            ContentType = "application/octet-stream",
        },
        cancellationToken));

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => GuardAsync(() => _client.DeleteObjectAsync(_name, key, cancellationToken));

    public async Task<string> BeginMultipartAsync(string key, CancellationToken cancellationToken) =>
        (await GuardAsync(() => _client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = _name, Key = key, ContentType = "application/octet-stream" }, cancellationToken)))!.UploadId;

    public async Task<UploadedPart> PutPartAsync(string key, string multipart, int number, Stream content, CancellationToken cancellationToken)
    {
        var size = content.Length;
        var answer = await GuardAsync(() => _client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = _name,
                Key = key,
                UploadId = multipart,
                PartNumber = number,
                InputStream = content,
                PartSize = size,
                UseChunkEncoding = false,
            },
            cancellationToken));
        return new UploadedPart(number, size, answer!.ETag);
    }

    public Task CompleteAsync(string key, string multipart, IEnumerable<UploadedPart> parts, CancellationToken cancellationToken) => GuardAsync(() =>
        _client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = _name,
                Key = key,
                UploadId = multipart,
                PartETags = [.. parts.Select(part => new PartETag(part.Number, part.ETag))],
            },
            cancellationToken));

    /// <summary>A server that cannot do it forgets what is not completed by a rule of its own.</summary>
    public async Task AbortAsync(string key, string multipart, CancellationToken cancellationToken)
    {
        try
        {
            await _client.AbortMultipartUploadAsync(_name, key, multipart, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            // Aborted before, or completed.
        }
        catch (Exception e) when (IsOutage(e))
        {
            throw Outage(e);
        }
    }

    /// <summary>In the order of the keys.</summary>
    public async IAsyncEnumerable<S3Object> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _name, Prefix = prefix };
        for (var isLast = false; !isLast;)
        {
            var page = (await GuardAsync(() => _client.ListObjectsV2Async(request, cancellationToken)))!;
            foreach (var found in page.S3Objects ?? [])
            {
                yield return found;
            }

            (request.ContinuationToken, isLast) = (page.NextContinuationToken, page.IsTruncated != true);
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<T?> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket" && default(T) is null
            && typeof(T) != typeof(CompleteMultipartUploadResponse) && typeof(T) != typeof(UploadPartResponse))
        {
            return default;
        }
        catch (Exception e) when (IsOutage(e))
        {
            throw Outage(e);
        }
    }

    private static bool IsOutage(Exception e) => e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException;

    private static FileStoreException Outage(Exception e) => new("The object store cannot be used.", e);
}

/// <summary>A part of a file, as the store has it.</summary>
/// <param name="ETag">What the store calls just these bytes: no others take their place unnoticed.</param>
internal sealed record UploadedPart(int Number, long Size, string ETag);
