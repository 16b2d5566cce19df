using System.Net;
using System.Text.RegularExpressions;
using Chat.Tests.Support;

namespace Chat.Tests.Telemetry;

/// <summary>One message, from the request to the other person's node, in one trace; what is done for many is linked to each.</summary>
public sealed class MessageTraceTests(ChatWithDashboard chat) : IClassFixture<ChatWithDashboard>
{
    private const string SecretText = "nobody-may-read-this-in-a-span";
    private static readonly TimeSpan ExportInterval = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_message_and_a_reaction_can_be_followed_from_the_request_to_the_push()
    {
        using var alice = await Person.RegisterAsync(chat, "alice");
        using var bob = await Person.RegisterAsync(chat, "bob");
        var group = await alice.CreateGroupAsync(bob);
        await using var listener = await Listener.ConnectAsync(chat, "realtime2", bob.SignIn.AccessToken);

        await alice.Client.SendAsync(group.Id, SecretText);
        using var reacted = await bob.Client.PutAsync(Conversing.Reaction(group.Id, 1, "👍"), null);
        Assert.Equal(HttpStatusCode.NoContent, reacted.StatusCode);
        await listener.HearsAsync("the count", e => e.GetProperty("type").GetString() == "messageChanged");

        await Eventually.HoldsAsync("the message's trace is whole", ExportInterval, async () => IsWhole(
            await Spans.ReadAsync(chat), "POST /api/conversations/{id}/messages", "SendMessages"));
        await Eventually.HoldsAsync("the reaction's trace is whole", ExportInterval, async () => IsWhole(
            await Spans.ReadAsync(chat), "PUT /api/conversations/{id}/messages/{seq}/reactions/{emoji}", "recount message"));
        await listener.DisposeAsync();
        await Eventually.HoldsAsync("the connection's own span, in whose address the token stood, has arrived", ExportInterval, async () =>
            (await ToldAsync()).Contains("/hub", StringComparison.Ordinal));
        await AssertNothingSecretAsync(alice, bob);
    }

    /// <summary>The request's trace has its publish and the node's push; the work done for it is in it or linked to it.</summary>
    private static bool IsWhole(IReadOnlyList<TracedSpan> spans, string request, string work)
    {
        var routes = spans.Where(s => Normalise(s.Name) == request).Select(s => s.TraceId).ToHashSet();
        return routes.Any(trace =>
            spans.Any(s => s.TraceId == trace && s.Scope == "Chat.Redis")
            && spans.Any(s => s.TraceId == trace && s.Scope == "Chat.Realtime")
            && spans.Any(s => s.Name == work && (s.TraceId == trace || s.LinkedTraces.Contains(trace))
                && (work != "SendMessages" || spans.Any(sql => sql.TraceId == s.TraceId && sql.Scope == "Npgsql"))));
    }

    /// <summary>Route constraints ({id:guid}) and the names of parameters are no matter here.</summary>
    private static string Normalise(string route) =>
        Regex.Replace(route, @"\{(\w+)(:[^}]*)?\}", "{$1}").Replace("{conversationId}", "{id}", StringComparison.Ordinal);

    private async Task AssertNothingSecretAsync(params Person[] people)
    {
        var told = await ToldAsync();
        Assert.DoesNotContain(SecretText, told, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Password, told, StringComparison.Ordinal);
        foreach (var person in people)
        {
            Assert.DoesNotContain(person.SignIn.AccessToken, told, StringComparison.Ordinal);
            Assert.DoesNotContain(person.SignIn.RefreshToken, told, StringComparison.Ordinal);
        }
    }

    private async Task<string> ToldAsync()
    {
        using var dashboard = Spans.Dashboard(chat);
        return await dashboard.GetStringAsync("/api/telemetry/spans?limit=5000")
            + await dashboard.GetStringAsync("/api/telemetry/logs?limit=5000");
    }
}
