using System.Net;
using System.Text.Json;
using Chat.Contracts.Operations;
using Chat.Data.Export;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Api.Operators;

[Collection(ChatCollection.Name)]
public sealed class ExportTests(ChatApplication chat)
{
    /// <summary>Tables that are no user's own, and why what they have of a user is not exported.</summary>
    private static readonly Dictionary<string, string> NotExported = new()
    {
        ["__EFMigrationsHistory"] = "the schema's",
        ["installation"] = "the installation's",
        ["schedule"] = "the worker's",
        ["data_protection_keys"] = "secrets of the installation's",
        ["compactions"] = "the worker's",
        ["recount_queue"] = "the worker's",
        ["changes"] = "which message changed, not by whom",
        ["user_streams"] = "a counter",
        ["user_changes"] = "points at what is exported",
        ["mentions"] = "what others wrote; whom the user mentioned stands with their messages",
        ["retired_user_names"] = "of nobody any more",
        ["account_deletions"] = "of nobody any more",
        ["exports"] = "that this export runs",
        ["file_uses"] = "which message carries which file stands with the message",
        ["file_checks"] = "the worker's",
        ["file_removals"] = "the worker's",
        ["file_audit"] = "the worker's",
    };

    [Fact]
    public async Task All_that_is_the_users_own_is_there_and_nothing_of_others()
    {
        using var op = chat.Operator();
        using var ada = await Person.RegisterAsync(chat, "ada", displayName: "Ada L.");
        using var bob = await Person.RegisterAsync(chat, "bob", displayName: "Bob the Other");
        using var tablet = await ada.SignInAgainAsync(chat);
        var (group, left) = (await ada.CreateGroupAsync(bob), await bob.CreateGroupAsync(ada));
        for (var n = 1; n <= 103; n++)
        {
            await ada.Client.SendAsync(group.Id, $"mine {n}");
        }

        await bob.Client.SendAsync(group.Id, "walrus of another");
        await bob.Client.ReactAsync(group.Id, 1, "🦭");
        await ada.Client.EditAsync(group.Id, 1, "mine 1, edited");
        await ada.Client.ReactAsync(group.Id, 104, "👍");
        await ada.Client.PinAsync(group.Id, 104);
        await ada.Client.DeleteMessageAsync(group.Id, 104, "?for=me");
        await ada.Client.SendAsync(left.Id, "before I left");
        await ada.Client.RemoveAsync(left.Id, ada.Id);
        await chat.ExecuteAsync($"insert into files (id, owner_id, name, media_type, size) values (gen_random_uuid(), '{ada.Id}', 'mine.png', 'image/png', 7)");
        await chat.ExecuteAsync($"insert into files (id, owner_id, name, media_type, size) values (gen_random_uuid(), '{bob.Id}', 'his.png', 'image/png', 7)");

        var lines = await ada.Client.LinesAsync("/api/users/me/export");

        var counts = lines.GroupBy(line => line.GetProperty("type").GetString()!).ToDictionary(type => type.Key, type => type.Count());
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["profile"] = 1,
                ["session"] = 2,
                ["conversation"] = 2,
                ["message"] = 105,
                ["messageVersion"] = 1,
                ["reaction"] = 1,
                ["pin"] = 1,
                ["hiddenMessage"] = 1,
                ["file"] = 1,
                ["act"] = 2,
                ["end"] = 1,
            },
            counts);
        Assert.Equal(lines.Count - 1, lines[^1].GetProperty("lines").GetInt64());
        Assert.Equal(
            Enumerable.Range(2, 102).Select(n => $"mine {n}").Append("before I left").Append("left").Append("mine 1, edited").Order(StringComparer.Ordinal),
            Of("message").Select(m => m.GetProperty("text").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal("mine 1", Of("messageVersion").Single().GetProperty("text").GetString());
        Assert.Equal("Ada L.", Of("profile").Single().GetProperty("displayName").GetString());
        Assert.Equal(103, Of("conversation").Single(c => c.GetProperty("id").GetGuid() == group.Id).GetProperty("readSeq").GetInt64());
        Assert.False(Of("conversation").Single(c => c.GetProperty("id").GetGuid() == left.Id).TryGetProperty("title", out _));
        Assert.EndsWith("Z", Of("profile").Single().GetProperty("createdAt").GetString(), StringComparison.Ordinal);
        Assert.Equal(["memberLeft", "dataExported"], Of("act").Select(a => a.GetProperty("act").GetString()));
        Assert.Equal([AuditAct.DataExported], await op.ActsAsync($"?actor={ada.Id}&act=dataExported"));
        var all = string.Join('\n', lines);
        string[] never = ["walrus", "Bob the Other", bob.UserName, "his.png", "🦭", bob.Id.ToString(), Person.Password, ada.SignIn.RefreshToken, "AQAAAA"];
        Assert.All(never, text => Assert.DoesNotContain(text, all, StringComparison.Ordinal));

        IEnumerable<JsonElement> Of(string type) => lines.Where(line => line.GetProperty("type").GetString() == type);
    }

    [Fact]
    public async Task There_is_one_at_a_time_and_the_next_when_it_has_ended_or_been_cut_off_long_ago()
    {
        using var ada = await Person.RegisterAsync(chat, "ada");
        using var bob = await Person.RegisterAsync(chat, "bob");
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        var running = await ExportLease.TryTakeAsync(database, ada.Id, TimeProvider.System, default);
        Assert.NotNull(running);

        using var second = await ada.At(chat, "api2").GetAsync("/api/users/me/export");
        await Problem.ReadAsync(second, HttpStatusCode.Conflict, "export-running");
        await bob.Client.LinesAsync("/api/users/me/export");
        await running.EndAsync();
        await ada.Client.LinesAsync("/api/users/me/export");
        Assert.NotNull(await ExportLease.TryTakeAsync(database, ada.Id, TimeProvider.System, default));
        await chat.ExecuteAsync($"update exports set until = now() - interval '1 second' where user_id = '{ada.Id}'");
        await ada.Client.LinesAsync("/api/users/me/export");

        Assert.False(await chat.ReadAsync<bool>($"select exists (select from exports where user_id = '{ada.Id}')"));
    }

    [Fact]
    public async Task A_stranger_gets_nothing_and_neither_does_the_key()
    {
        using var stranger = chat.Client();
        using var key = chat.Operator();

        using var answer = await stranger.GetAsync("/api/users/me/export");
        using var byKey = await key.GetAsync("/api/users/me/export");

        await Problem.ReadAsync(answer, HttpStatusCode.Unauthorized, "not-signed-in");
        await Problem.ReadAsync(byKey, HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task Of_every_table_it_is_decided_whether_it_is_exported()
    {
        await using var database = await chat.OwnerAsync();
        await using var command = database.CreateCommand(
            "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }

        Assert.Empty(tables.Except(ExportOwnData.Tables).Except(NotExported.Keys));
        Assert.Empty(ExportOwnData.Tables.Concat(NotExported.Keys).Except(tables));
        Assert.Empty(ExportOwnData.Tables.Intersect(NotExported.Keys));
    }
}
