using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Chat.ServiceDefaults.Problems;
using Chat.Tests.Support;

namespace Chat.Tests.Api;

[Collection(ChatCollection.Name)]
public sealed partial class ProblemTests(ChatApplication chat)
{
    private const string Json = "application/json";

    private static readonly string AMegabyte = $$"""{"userName":"{{new string('a', 1_000_000)}}","password":"b"}""";

    [Theory]
    [InlineData("GET", "/assets/nowhere.js", null, null, 404, "not-found")]
    [InlineData("GET", "/api/nowhere", null, null, 404, "not-found")]
    [InlineData("GET", "/api/auth/login", null, null, 405, "method-not-allowed")]
    [InlineData("BREW", "/api/auth/login", null, null, 405, "method-not-allowed")]
    [InlineData("GET", "/api/users/me", null, null, 401, "not-signed-in")]
    [InlineData("PATCH", "/api/users/me", "{", Json, 401, "not-signed-in")]
    [InlineData("POST", "/api/auth/login", """{"userName":"a","password":"b"}""", "text/plain", 415, "unsupported-media-type")]
    [InlineData("POST", "/api/auth/login", "userName=a&password=b", "application/x-www-form-urlencoded", 415, "unsupported-media-type")]
    [InlineData("POST", "/api/auth/login", "", Json, 400, "malformed-request")]
    [InlineData("POST", "/api/auth/login", "{", Json, 400, "malformed-request")]
    [InlineData("POST", "/api/auth/login", "null", Json, 400, "malformed-request")]
    [InlineData("POST", "/api/auth/login", "[]", Json, 400, "malformed-request")]
    [InlineData("POST", "/api/auth/login", "{}", Json, 400, "malformed-request")]
    [InlineData("POST", "/api/auth/login", """{"userName":"a","password":7}""", Json, 400, "malformed-request")]
    [InlineData("POST", "/api/auth/login", """{"userName":"a","password":null}""", Json, 400, "malformed-request")]
    [InlineData("POST", "/api/auth/login", """{"userName":"a","userName":"c","password":"b"}""", Json, 400, "malformed-request")]
    [InlineData("POST", "/api/auth/login", """{"userName":"a","password":""}""", Json, 400, "invalid-request")]
    [InlineData("POST", "/api/auth/refresh", """{"refreshToken":""}""", Json, 400, "invalid-request")]
    [InlineData("POST", "/api/auth/refresh", """{"refreshToken":{}}""", Json, 400, "malformed-request")]
    [InlineData("DELETE", "/api/auth/sessions/7", null, null, 404, "not-found")]
    public async Task Every_failure_has_one_shape_and_a_stable_type(
        string method, string path, string? body, string? contentType, int status, string type)
    {
        using var anybody = chat.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept", "text/html");
        if (body is not null)
        {
            request.Content = new StringContent(body, null, contentType!);
        }

        using var answer = await anybody.SendAsync(request);

        await Problem.ReadAsync(answer, (HttpStatusCode)status, type);
    }

    [Fact]
    public async Task The_place_of_a_mistake_is_told_without_repeating_what_was_sent()
    {
        using var anybody = chat.Client();
        using var body = new StringContent("""{"userName":"a", "password":["secret-9"]}""", null, Json);

        using var answer = await anybody.PostAsync("/api/auth/login", body);

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "malformed-request");
        Assert.Contains("$.password", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-9", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_value_and_a_wrong_parameter_are_named()
    {
        using var ada = await Person.RegisterAsync(chat);
        using var body = new StringContent("""{"userName":"ada"}""", null, Json);

        using var missing = await ada.Client.PostAsync("/api/auth/login", body);
        using var wrong = await ada.Client.GetAsync("/api/users?query=a&limit=many");

        Assert.Contains("'password'", (await Problem.ReadAsync(missing)).Detail, StringComparison.Ordinal);
        Assert.Contains("\"limit\"", (await Problem.ReadAsync(wrong)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_megabyte_is_too_large_before_it_is_sent()
    {
        using var anybody = chat.Client();
        anybody.DefaultRequestHeaders.ExpectContinue = true;
        using var body = new StringContent(AMegabyte, null, Json);

        using var answer = await anybody.PostAsync("/api/auth/login", body);

        await Problem.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task A_megabyte_that_was_not_announced_is_cut_off_with_an_answer()
    {
        using var anybody = chat.Client();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, anybody.BaseAddress!.Port);
        await using var connection = new NetworkStream(socket);

        try
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /api/auth/login HTTP/1.1\r\nHost: {anybody.BaseAddress.Authority}\r\nContent-Type: {Json}\r\n"
                + $"Transfer-Encoding: chunked\r\n\r\n{AMegabyte.Length:x}\r\n{AMegabyte}\r\n0\r\n\r\n"));
        }
        catch (IOException)
        {
            // The server need not read what it has refused.
        }

        using var answer = new StreamReader(connection);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await answer.ReadLineAsync());
        while (await answer.ReadLineAsync() is { Length: > 0 })
        {
        }

        Assert.Contains("body-too-large", await answer.ReadLineAsync() + await answer.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_types_are_the_types_there_are()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"));

        var documented = Row().Matches(text).Select(row => (row.Groups["name"].Value, int.Parse(row.Groups["status"].Value, null)));

        Assert.Equal(ProblemType.All.Select(type => (type.Name, type.Status)), documented);
    }

    [Fact]
    public void Every_type_is_in_the_list_of_types_once()
    {
        var declared = typeof(ProblemType).GetFields().Where(f => f.FieldType == typeof(ProblemType)).Select(f => (ProblemType)f.GetValue(null)!);

        Assert.Equal(declared, ProblemType.All);
        Assert.Distinct(ProblemType.All.Select(type => type.Name));
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \| (?<status>\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
