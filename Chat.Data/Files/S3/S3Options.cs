namespace Chat.Data.Files.S3;

/// <summary>The section <c>Files:S3</c>: a bucket of Amazon's or of a server that speaks the same. With a <see cref="Bucket"/> it is the store.</summary>
public sealed class S3Options
{
    public string? Bucket { get; init; }

    /// <summary>Such as <c>eu-central-1</c>.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Of another server than Amazon's, such as <c>http://minio:9000</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Where clients reach the same, if it is not there: links lead to it.</summary>
    public Uri? PublicEndpoint { get; init; }

    /// <summary>The bucket stands in the path, not before the host's name. Most servers but Amazon's want it so.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>With <see cref="SecretKey"/>; without them those of the machine are used, as Amazon's tools find them.</summary>
    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    public bool IsPathStyle => PathStyle ?? Endpoint is not null;

    /// <summary>What is wrong with it; null: nothing.</summary>
    internal string? Refuse(FilesOptions files) =>
        Bucket is null ? null
        : string.IsNullOrWhiteSpace(Bucket) ? "Files:S3:Bucket must be a name."
        : AccessKey is null != SecretKey is null ? "Files:S3:AccessKey and Files:S3:SecretKey must both be there, or neither."
        : !IsHttp(Endpoint) || !IsHttp(PublicEndpoint) ? "Files:S3:Endpoint and Files:S3:PublicEndpoint must begin with http:// or https://."
        : files.LinkWindow > TimeSpan.FromDays(3.5) ? "Files:LinkWindow must be 3.5 days at most with S3, whose links hold for a week at most."
        : null;

    private static bool IsHttp(Uri? address) => address is null || (address.IsAbsoluteUri && address.Scheme is "http" or "https");
}
