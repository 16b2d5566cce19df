using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Options;

namespace Chat.Api.Web;

/// <summary>
/// The built web client, read into memory at the start: some 2 MB. What is not in it cannot be asked for, whatever a path looks like.
/// </summary>
internal sealed partial class WebAssets
{
    private const string Index = "/index.html";

    /// <summary>Vite puts a hash of the content into these names: under one name the content is always the same.</summary>
    private const string Hashed = "/assets/";

    private static readonly (string Extension, string Coding)[] Codings = [(".br", "br"), (".gz", "gzip")];

    /// <summary>Addresses that are no page of the web client even when there is nothing: an unknown one must stay a 404.</summary>
    private static readonly PathString[] Reserved = ["/api", "/files", "/openapi", "/health", "/alive", "/hub", "/assets"];

    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    private readonly FrozenDictionary<string, WebAsset> _files;

    public WebAssets(IOptions<WebOptions> options, ILogger<WebAssets> log)
    {
        var folder = Path.GetFullPath(options.Value.Directory, AppContext.BaseDirectory);
        _files = Directory.Exists(folder) ? Read(folder) : FrozenDictionary<string, WebAsset>.Empty;
        Version = _files.Count > 0 ? Digest() : null;
        if (!_files.ContainsKey(Index))
        {
            LogMissing(log, folder);
        }
    }

    /// <summary>Changes with every file; null without any.</summary>
    public string? Version { get; }

    /// <summary>What an address shows: a file, or the page for each address that the web client makes up itself.</summary>
    public WebAsset? Find(HttpRequest request)
    {
        var path = request.Path.Value is { Length: > 1 } value ? value : Index;
        return _files.TryGetValue(path, out var file) ? file : IsPage(request) ? _files.GetValueOrDefault(Index) : null;
    }

    /// <summary>Browsers ask for pages with text/html; a script or picture that is gone must not turn out to be a page.</summary>
    private static bool IsPage(HttpRequest request) =>
        request.Headers.Accept.Any(types => types?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
        && !Reserved.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    private static FrozenDictionary<string, WebAsset> Read(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => $"/{Path.GetRelativePath(folder, path).Replace('\\', '/')}", StringComparer.Ordinal);
        return files.Where(file => !Path.GetFileName(file.Key).StartsWith('.') && !IsCompressed(file.Key))
            .ToFrozenDictionary(file => file.Key, file => ReadAsset(file.Key, files), StringComparer.Ordinal);

        bool IsCompressed(string path) => Codings.Any(c => path.EndsWith(c.Extension, StringComparison.Ordinal) && files.ContainsKey(path[..^c.Extension.Length]));
    }

    private static WebAsset ReadAsset(string path, Dictionary<string, string> files) => new(
        MediaTypeOf(path),
        path.StartsWith(Hashed, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
        new WebBody(File.ReadAllBytes(files[path]), Coding: null),
        [.. Codings.Where(c => files.ContainsKey(path + c.Extension)).Select(c => new WebBody(File.ReadAllBytes(files[path + c.Extension]), c.Coding))]);

    private static string MediaTypeOf(string path) => MediaTypes.TryGetContentType(path, out var type)
        ? type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type
        : "application/octet-stream";

    private string Digest()
    {
        var tags = string.Join('\n', _files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key} {file.Value.Plain.Tag}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tags)))[..12];
    }

    [LoggerMessage(LogLevel.Warning, "There is no web client in {Folder}; only the API is served. A build makes it: docs/development.md")]
    private static partial void LogMissing(ILogger logger, string folder);
}
