using System.Net;
using System.Text;
using Chat.Tests.Support;

namespace Chat.Tests.Api.Messages;

[Collection(ChatCollection.Name)]
public sealed class BadMessageTests(ChatApplication chat)
{
    private const string Id = "\"clientId\":\"0197c1d2-0000-7000-8000-000000000001\"";

    public static TheoryData<string, string> Bodies => new()
    {
        { "invalid-request", $$"""{{{Id}},"text":""}""" },
        { "invalid-request", $$"""{{{Id}},"text":" \n\t "}""" },
        { "invalid-request", $$"""{{{Id}},"text":"\u200b\u200d"}""" },
        { "invalid-request", $$"""{{{Id}},"text":"nul \u0000"}""" },
        { "invalid-request", $$"""{{{Id}},"text":"{{new string('x', 10_001)}}"}""" },
        { "invalid-request", """{"clientId":"00000000-0000-0000-0000-000000000000","text":"x"}""" },
        { "malformed-request", $$"""{{{Id}},"text":"half a pair \ud83d"}""" },
        { "invalid-request", $$"""{{{Id}},"text":null}""" },
        { "malformed-request", $$"""{{{Id}},"text":7}""" },
        { "invalid-request", $$"""{{{Id}}}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"code"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"code","text":"x","language":""}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"code","text":"x","language":"{{new string('x', 33)}}"}""" },
        { "invalid-request", $$"""{{{Id}},"text":"x","language":"c"}""" },
        { "invalid-request", $$"""{{{Id}},"text":"x","fileId":"0197c1d2-0000-7000-8000-000000000001"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"image","text":"a caption"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"encrypted","ciphertext":"AAAA"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"encrypted","ciphertext":"A","metadata":"x"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"encrypted","ciphertext":"AA AA","metadata":"x"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"encrypted","ciphertext":"{{new string('A', 43_696)}}","metadata":"x"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"encrypted","ciphertext":"AAAA","metadata":"{{new string('x', 2_049)}}"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"encrypted","ciphertext":"AAAA","metadata":"nul \u0000"}""" },
        { "invalid-request", $$"""{{{Id}},"kind":"encrypted","ciphertext":"AAAA","metadata":"x","text":"plain"}""" },
        { "invalid-request", $$"""{{{Id}},"text":"x","forwardOf":{"conversationId":"0197c1d2-0000-7000-8000-000000000001","seq":1} }""" },
        { "invalid-request", $$"""{{{Id}},"text":"x","mentions":[{{string.Join(',', Enumerable.Repeat("\"0197c1d2-0000-7000-8000-000000000001\"", 51))}}]}""" },
        { "malformed-request", $$"""{{{Id}},"text":"x","mentions":["everyone"]}""" },
        { "malformed-request", $$"""{{{Id}},"text":"x","mentions":[null]}""" },
        { "malformed-request", $$"""{{{Id}},"text":"x","replyTo":"1"}""" },
        { "malformed-request", $$"""{{{Id}},"text":"x","forwardOf":{"seq":1} }""" },
        { "malformed-request", $$"""{{{Id}},"text":"x","kind":"video"}""" },
        { "malformed-request", $$"""{{{Id}},"text":"x","kind":1}""" },
        { "malformed-request", """{"text":"x"}""" },
        { "malformed-request", """{"clientId":"not-a-uuid","text":"x"}""" },
        { "malformed-request", """{"clientId":1,"text":"x"}""" },
        { "malformed-request", "[]" },
        { "malformed-request", "{" },
        { "malformed-request", "" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_message_is_refused_with_a_reason_and_not_stored(string problem, string body)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await sender.Client.PostAsync($"/api/conversations/{group.Id}/messages", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, problem);
        Assert.Equal(0, (await sender.Client.ConversationAsync(group.Id)).LastSeq);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        byte[] body = [.. Encoding.UTF8.GetBytes($$"""{{{Id}},"text":"x"""), 0xC3, 0x28, .. "\"}"u8];

        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var answer = await sender.Client.PostAsync($"/api/conversations/{group.Id}/messages", content);

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task The_longest_message_passes_and_a_megabyte_does_not()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var group = await sender.CreateGroupAsync();
        var longest = string.Concat(Enumerable.Repeat("日", 10_000));

        Assert.Equal(longest, (await sender.Client.SendAsync(group.Id, longest)).Text);
        Assert.Equal(200, (await sender.Client.ConversationAsync(group.Id)).LastMessage!.Text.Length);
        using var answer = await sender.Client.TrySendAsync(group.Id, new string('x', 1_000_000));

        await Problem.ReadAsync(answer, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=101", "limit")]
    [InlineData("?before=0", "before")]
    [InlineData("?before=-1", "before")]
    [InlineData("?after=-1", "after")]
    [InlineData("?before=5&after=1", "after")]
    [InlineData("?around=0", "around")]
    [InlineData("?around=-9223372036854775808", "around")]
    [InlineData("?around=5&after=1", "around")]
    [InlineData("?before=5&around=5", "around")]
    public async Task A_page_out_of_bounds_is_refused_by_the_name_of_the_parameter(string query, string parameter)
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();

        using var answer = await reader.Client.GetAsync($"/api/conversations/{group.Id}/messages{query}");

        var problem = await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal([parameter], problem.Errors!.Keys);
    }

    [Theory]
    [InlineData("?before=x")]
    [InlineData("?limit=ten")]
    [InlineData("?after=99999999999999999999")]
    [InlineData("?around=first")]
    public async Task A_page_of_the_wrong_type_is_refused(string query)
    {
        using var reader = await Person.RegisterAsync(chat, "reader");
        var group = await reader.CreateGroupAsync();

        using var answer = await reader.Client.GetAsync($"/api/conversations/{group.Id}/messages{query}");

        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "malformed-request");
    }
}
