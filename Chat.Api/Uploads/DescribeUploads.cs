using Chat.Data.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Chat.Api.Uploads;

internal static class DescribeUploads
{
    public static NoContent Handle(HttpResponse response, IOptions<FilesOptions> options)
    {
        response.Describe(options.Value);
        return TypedResults.NoContent();
    }
}
