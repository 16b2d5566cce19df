using Amazon.Runtime;
using Chat.Data.Files;
using Chat.Data.Files.S3;

namespace Chat.Tests.Data.FileStores;

public sealed class S3LinkTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /// <summary>The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html.</summary>
    [Fact]
    public void A_link_is_signed_as_the_documentation_of_S3_has_it()
    {
        var links = Links(new S3Options { Bucket = "examplebucket", Endpoint = new Uri("https://s3.amazonaws.com"), PathStyle = false });

        var link = links.Sign("test.txt", new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), 86_400);

        Assert.Equal(
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
            + "&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            link);
    }

    [Fact]
    public void A_link_is_the_same_all_through_its_window_another_in_the_next_and_says_how_a_file_is_handed_out()
    {
        var (first, second) = (Links(new S3Options { Bucket = "b", Endpoint = new Uri("http://s3:9000") }), Links(new S3Options { Bucket = "b", Endpoint = new Uri("http://s3:9000") }));
        var (window, picture, page) = (new LinkWindow(7200, 3600), new LinkedFile(Guid.NewGuid(), "a b.png", "image/png"), new LinkedFile(Guid.NewGuid(), "x.html", "text/html"));

        Assert.Equal(first.Sign(picture, window), second.Sign(picture, window));
        Assert.NotEqual(first.Sign(picture, window), first.Sign(picture, window.Next));
        Assert.StartsWith($"http://s3:9000/b/files/{picture.Id:N}?", first.Sign(picture, window), StringComparison.Ordinal);
        Assert.Contains("X-Amz-Expires=7200&", first.Sign(picture, window), StringComparison.Ordinal);
        Assert.Contains("response-content-disposition=inline%3B%20filename%3D%22a%20b.png%22", first.Sign(picture, window), StringComparison.Ordinal);
        Assert.Contains("response-content-type=image%2Fpng", first.Sign(picture, window), StringComparison.Ordinal);
        Assert.Contains("response-content-disposition=attachment", first.Sign(page, window), StringComparison.Ordinal);
    }

    private static S3Links Links(S3Options options) => new(options, new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", Secret));
}
