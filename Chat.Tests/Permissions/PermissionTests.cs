using System.Net;
using System.Text.Json.Nodes;
using Chat.Contracts.Conversations;
using Chat.Data.Permissions;
using Chat.Tests.Support;

namespace Chat.Tests.Permissions;

/// <summary>
/// Every endpoint, in every role, in every kind of conversation: allowed, 403 (or 409, where the kind does not have that), 404 or 401, as
/// <see cref="PermissionTable"/> says. Some 700 calls, hence its few seconds.
/// </summary>
[Collection(ChatCollection.Name)]
public sealed class PermissionTests(ChatApplication chat)
{
    [Fact]
    public async Task Every_endpoint_is_in_the_table_of_what_it_needs()
    {
        using var anybody = chat.Client();
        var paths = JsonNode.Parse(await anybody.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject();
        var there = paths.SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")).ToHashSet();
        var listed = EndpointTable.All.Select(endpoint => endpoint.Name).ToHashSet();

        Assert.True(there.IsSubsetOf(listed), $"""
            Nobody has said who may call
              {string.Join("\n  ", there.Except(listed))}
            Add a line for each to Chat.Tests/Permissions/EndpointTable.cs: of a conversation with the action that it is (a new action gets its
            row in Chat.Data/Permissions/PermissionTable.cs and docs/permissions.md), else with the kind of caller that it takes.
            """);
        Assert.Empty(listed.Except(there));
    }

    [Fact]
    public async Task Every_endpoint_of_a_conversation_answers_every_role_in_every_kind_as_the_table_says()
    {
        using var anonymous = chat.Client("api2");
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var admin = await Person.RegisterAsync(chat, "admin", service: "api2");
        using var member = await Person.RegisterAsync(chat, "member");
        using var former = await Person.RegisterAsync(chat, "former", service: "api2");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        (Person Person, MemberRole? Role, bool Former)[] callers =
            [(owner, MemberRole.Owner, false), (admin, MemberRole.Admin, false), (member, MemberRole.Member, false), (former, null, true), (outsider, null, false)];
        var cases = (
            from endpoint in EndpointTable.All
            where endpoint.Need == Need.Permission
            from kind in Enum.GetValues<ConversationKind>()
            from caller in callers
            where kind != ConversationKind.Direct || (caller.Role is null or MemberRole.Member && !caller.Former)
            select new Case(endpoint, kind, caller.Person, caller.Role, caller.Former)).ToArray();
        await using var database = await chat.OwnerAsync();
        var stage = await Stage.SetAsync(database, cases);

        var wrong = new List<string>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (each, cancellationToken) =>
        {
            using var request = stage.Request(each.Endpoint, each);
            using var unsigned = stage.Request(each.Endpoint, each);
            using var answer = await each.Caller.Client.SendAsync(request, cancellationToken);
            using var refused = each.Role == MemberRole.Owner ? await anonymous.SendAsync(unsigned, cancellationToken) : null;
            lock (wrong)
            {
                if (!IsRight(answer, Expected(each)))
                {
                    wrong.Add($"{each}: {(int)answer.StatusCode} instead of {Expected(each)}");
                }

                if (refused is not null and not { StatusCode: HttpStatusCode.Unauthorized })
                {
                    wrong.Add($"{each.Endpoint.Name} without an access token: {(int)refused.StatusCode} instead of 401");
                }
            }
        });

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Order()));
        Assert.Equal(0, await stage.ChangedAsync(cases.Where(each => Expected(each) != 200)));
    }

    [Fact]
    public async Task Every_other_endpoint_takes_the_callers_that_the_table_says()
    {
        using var anonymous = chat.Client("api2");
        using var user = await Person.RegisterAsync(chat, "user");
        using var operators = chat.Operator();
        await using var database = await chat.OwnerAsync();
        var stage = await Stage.SetAsync(database, []);
        var wrong = new List<string>();
        foreach (var endpoint in EndpointTable.All.Where(endpoint => endpoint.Need != Need.Permission))
        {
            using var own = endpoint.EndsCaller ? await Person.RegisterAsync(chat, "own") : null;
            await ExpectAsync(endpoint, "without an access token", anonymous, endpoint.Need switch
            {
                Need.Nothing => null,
                Need.Link => HttpStatusCode.Forbidden,
                _ => HttpStatusCode.Unauthorized,
            });
            await ExpectAsync(endpoint, "by a user", (own ?? user).Client, endpoint.Need is Need.Operator or Need.Link ? HttpStatusCode.Forbidden : null);
            if (endpoint.Need == Need.Operator)
            {
                await ExpectAsync(endpoint, "by an operator", operators, null);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task ExpectAsync(Endpoint endpoint, string by, HttpClient client, HttpStatusCode? refusal)
        {
            using var request = stage.Request(endpoint);
            using var answer = await client.SendAsync(request);
            var isWrong = refusal is null ? (int)answer.StatusCode >= 500 || await IsRefusedAsync(answer) : answer.StatusCode != refusal;
            if (isWrong)
            {
                wrong.Add($"{endpoint.Name} {by}: {(int)answer.StatusCode}{(refusal is null ? "" : $" instead of {(int)refusal}")}");
            }
        }
    }

    private static async Task<bool> IsRefusedAsync(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.Forbidden
        || (answer.StatusCode == HttpStatusCode.Unauthorized && (await Problem.ReadAsync(answer)).Type.EndsWith("not-signed-in", StringComparison.Ordinal));

    /// <summary>200 stands for every success.</summary>
    private static int Expected(Case each) =>
        PermissionTable.Allow(each.Endpoint.Action, each.Kind, each.Role) ? 200
        : each.Role is null ? 404
        : PermissionTable.Of(each.Endpoint.Action, each.Kind) == Access.Nobody ? each.Endpoint.WhereNobody
        : 403;

    private static bool IsRight(HttpResponseMessage answer, int expected) =>
        expected == 200 ? answer.IsSuccessStatusCode : (int)answer.StatusCode == expected;
}
