using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Operations;
using Chat.Tests.Support;

namespace Chat.Tests.Api;

[Collection(ChatCollection.Name)]
public sealed class AdminTests(ChatApplication chat)
{
    [Theory]
    [InlineData("/api/admin/status")]
    [InlineData("/api/admin/database/statements")]
    public async Task A_stranger_is_told_that_the_operator_key_is_missing(string path)
    {
        using var stranger = chat.Client();

        using var answer = await stranger.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("an-operator-key-for-test")]
    [InlineData("AN-OPERATOR-KEY-FOR-TESTS")]
    public async Task A_wrong_operator_key_opens_nothing(string key)
    {
        using var guesser = chat.Client();
        guesser.DefaultRequestHeaders.TryAddWithoutValidation("X-Operator-Key", key);

        using var answer = await guesser.GetAsync("/api/admin/status");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_status_tells_the_epoch_durability_and_the_live_realtime_nodes()
    {
        using var op = chat.Operator();

        var status = await op.GetFromJsonAsync<SystemStatus>("/api/admin/status");

        Assert.NotEqual(Guid.Empty, status!.Epoch);
        Assert.True(status.Database.Durable);
        Assert.Equal(["realtime", "realtime2"], status.Redis!.RealtimeNodes.Select(node => node.Split('@')[0]).Order());
    }

    [Fact]
    public async Task Statements_are_listed_under_their_names_with_their_timings()
    {
        using var op = chat.Operator();
        await op.GetStringAsync("/api/admin/status");

        var statements = await op.GetFromJsonAsync<StatementList>("/api/admin/database/statements?limit=100");

        var read = statements!.Items.First(s => s.Name == "ReadInstallation");
        Assert.True(read.Calls > 0 && read.MeanMs > 0 && read.MaxMs >= read.MeanMs);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("ten")]
    public async Task A_limit_out_of_bounds_is_refused(string limit)
    {
        using var op = chat.Operator();

        using var answer = await op.GetAsync($"/api/admin/database/statements?limit={limit}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
