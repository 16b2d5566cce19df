using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Chat.Contracts;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Chat.Api.Requests;

/// <summary>How bodies are read, the same for every endpoint.</summary>
internal static class RequestExtensions
{
    /// <summary>Above anything a JSON endpoint takes; uploads set their own.</summary>
    private const int MaxBodyBytes = 256 * 1024;

    /// <summary>
    /// Requests are strict: a wrong type, a null where none may be, a missing or repeated name are errors, not guesses. Answers write all scripts
    /// as they are, as pushes do: see <see cref="ContractsJson.Unescaped"/>.
    /// </summary>
    public static void AddRequests(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            var json = options.SerializerOptions;
            json.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
            json.Converters.Add(new CamelCaseEnums());
            json.RespectNullableAnnotations = true;
            json.RespectRequiredConstructorParameters = true;
            json.AllowDuplicateProperties = false;
            json.NumberHandling = JsonNumberHandling.Strict;
            json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = MaxBodyBytes);
    }
}
