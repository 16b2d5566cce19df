using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Api;

/// <summary>How the API serves the web client, whatever that looks like.</summary>
[Collection(ChatCollection.Name)]
public sealed partial class WebFilesTests(ChatApplication chat)
{
    [Fact]
    public async Task The_page_is_asked_for_each_time_and_sent_when_it_has_changed()
    {
        using var first = await GetAsync("/");
        var tag = first.Headers.ETag!;
        using var again = await GetAsync("/index.html", request => request.Headers.IfNoneMatch.Add(tag), "api2");
        using var other = await GetAsync("/", request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\"")));

        Assert.Equal("text/html; charset=utf-8", $"{first.Content.Headers.ContentType}");
        Assert.Equal("no-cache", $"{first.Headers.CacheControl}");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK), (first.StatusCode, again.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task What_the_page_is_made_of_is_kept_for_ever_because_its_name_changes_with_it()
    {
        var assets = await AssetsAsync();

        Assert.Contains(assets, asset => asset.EndsWith(".js", StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            using var answer = await GetAsync(asset);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", string.Join(", ", answer.Headers.GetValues("Cache-Control")));
        }
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    [InlineData(";;;q", null)]
    [InlineData(null, null)]
    public async Task Files_come_in_the_smallest_form_that_the_browser_takes(string? taken, string? coding)
    {
        var script = (await AssetsAsync()).First(asset => asset.EndsWith(".js", StringComparison.Ordinal));
        using var plain = await GetAsync(script);

        using var answer = await GetAsync(script, request => request.Headers.TryAddWithoutValidation("Accept-Encoding", taken));

        var (body, whole) = (await answer.Content.ReadAsByteArrayAsync(), await plain.Content.ReadAsByteArrayAsync());
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", string.Join(',', answer.Headers.Vary));
        Assert.Equal(coding is null, body.Length == whole.Length);
        Assert.Equal(coding is null, answer.Headers.ETag!.Equals(plain.Headers.ETag));
    }

    [Theory]
    [InlineData("/c/0198c1de-0000-7000-8000-000000000000")]
    [InlineData("/settings?tab=theme")]
    [InlineData("/sign-in/")]
    public async Task An_address_that_the_web_client_makes_up_shows_its_page(string address)
    {
        using var page = await GetAsync("/");
        using var answer = await GetAsync(address, Navigate);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(await page.Content.ReadAsStringAsync(), await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/nothing/of/the/kind")]
    [InlineData("/API/nothing")]
    [InlineData("/files/nothing")]
    [InlineData("/openapi/v1.json/nothing")]
    [InlineData("/health/nothing")]
    [InlineData("/hub")]
    [InlineData("/assets/index-gone0000.js")]
    public async Task What_is_no_page_stays_a_404_for_browsers_too(string address)
    {
        using var answer = await GetAsync(address, Navigate);

        await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("/no-such-picture.png")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/%2e%2e/Chat.Api.dll")]
    [InlineData("/assets/..%5c..%5cChat.Api.dll")]
    [InlineData("/.built")]
    [InlineData("/assets")]
    public async Task A_file_that_is_not_there_is_a_404(string address)
    {
        using var answer = await GetAsync(address);

        await Problem.ReadAsync(answer, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Only_GET_and_HEAD_read_it_and_HEAD_has_no_body()
    {
        using var client = chat.Client();
        using var post = await client.PostAsync("/", content: null);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        using var otherMethod = await GetAsync("/api/auth/login", Navigate);

        await Problem.ReadAsync(post, HttpStatusCode.NotFound, "not-found");
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.True(head.Content.Headers.ContentLength > 0);
        await Problem.ReadAsync(otherMethod, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Fact]
    public async Task The_page_may_run_its_own_scripts_and_talk_to_the_API_and_the_hub_and_nothing_else()
    {
        using var page = await GetAsync("/");
        var (first, second) = (Authority("realtime"), Authority("realtime2"));

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
            + $"connect-src 'self' http://{first} ws://{first} http://{second} ws://{second}; "
            + "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
            + "report-uri /api/client/violations",
            Header(page, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(page, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(page, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(page, "Cross-Origin-Opener-Policy"));
        Assert.Contains("geolocation=()", Header(page, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_client_is_told_where_the_hub_is_and_what_it_may_send()
    {
        using var anybody = chat.Client("api2");
        var settings = (await anybody.GetFromJsonAsync("/api/client", ContractsJson.Default.ClientSettings))!;

        Assert.Equal([$"http://{Authority("realtime")}", $"http://{Authority("realtime2")}"], settings.Realtime);
        Assert.Equal((10_000, 100 * 1024 * 1024), (settings.MaxTextLength, settings.MaxFileBytes));
        Assert.Matches("^[0-9a-f]{12}$", settings.Version);
    }

    [Theory]
    [InlineData("""{"csp-report":{"effective-directive":"script-src-elem","blocked-uri":"https://evil.example"}}""", HttpStatusCode.NoContent)]
    [InlineData("""{"csp-report":{"effective-directive":{"made":"up"}}}""", HttpStatusCode.NoContent)]
    [InlineData("[1]", HttpStatusCode.NoContent)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("not JSON", HttpStatusCode.BadRequest)]
    public async Task A_browsers_report_of_what_the_page_was_kept_from_is_taken(string report, HttpStatusCode status)
    {
        using var browser = chat.Client();
        using var answer = await browser.PostAsync("/api/client/violations", new StringContent(report, Encoding.UTF8, "application/csp-report"));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_report_that_is_too_long_is_refused()
    {
        using var browser = chat.Client();
        using var answer = await browser.PostAsync("/api/client/violations", new StringContent($"\"{new string('x', 17 * 1024)}\""));

        await Problem.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    private static void Navigate(HttpRequestMessage request) => request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private string Authority(string service) => Clients.AddressOf(chat, service).Authority;

    private async Task<HttpResponseMessage> GetAsync(string address, Action<HttpRequestMessage>? shape = null, string service = "api")
    {
        using var client = chat.Client(service);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        shape?.Invoke(request);
        return await client.SendAsync(request);
    }

    /// <summary>What the page names.</summary>
    private async Task<string[]> AssetsAsync()
    {
        using var page = await GetAsync("/");
        return [.. Named().Matches(await page.Content.ReadAsStringAsync()).Select(match => match.Groups["path"].Value)];
    }

    [GeneratedRegex("(src|href)=\"(?<path>/assets/[^\"]+)\"")]
    private static partial Regex Named();

    [GeneratedRegex("<style|style=\"|<script(?![^>]*src=)|\\son[a-z]+=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
