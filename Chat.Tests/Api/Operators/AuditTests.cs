using System.Net;
using Chat.Contracts.Operations;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Api.Operators;

[Collection(ChatCollection.Name)]
public sealed class AuditTests(ChatApplication chat)
{
    [Fact]
    public async Task Acts_upon_members_are_told_with_who_did_what_to_whom_and_none_that_was_not_done()
    {
        using var op = chat.Operator();
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        using var outsider = await Person.RegisterAsync(chat, "outsider");
        var group = await owner.CreateGroupAsync(member);

        await owner.Client.AddAsync(group.Id, outsider.Id, member.Id);
        using var already = await owner.Client.TryAddAsync(group.Id, outsider.Id);
        using var forbidden = await member.Client.TryRemoveAsync(group.Id, outsider.Id);
        using var unknown = await owner.Client.TryAddAsync(group.Id, Guid.NewGuid());
        await owner.Client.RemoveAsync(group.Id, outsider.Id);
        await member.Client.RemoveAsync(group.Id, member.Id);

        var told = (await op.AuditAsync($"?conversationId={group.Id}")).Items;
        Assert.Equal(
            [
                (AuditAct.MemberLeft, member.Id, member.Id), (AuditAct.MemberRemoved, owner.Id, outsider.Id),
                (AuditAct.MemberAdded, owner.Id, outsider.Id),
            ],
            told.Select(entry => (entry.Act, entry.ActorId!.Value, entry.UserId!.Value)));
        Assert.All(told, entry => Assert.Matches("^[0-9a-f]{32}$", entry.TraceId));
    }

    [Fact]
    public async Task Pages_and_conditions_lead_through_the_log_and_the_export_has_what_the_pages_have()
    {
        using var op = await Operating.AppointedAsync(chat);
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync();
        for (var n = 0; n < 3; n++)
        {
            await owner.Client.AddAsync(group.Id, member.Id);
            await owner.Client.RemoveAsync(group.Id, member.Id);
        }

        var all = (await op.Client.AuditAsync($"?actor={owner.Id}")).Items;
        var pages = new List<AuditEntry>();
        var next = "";
        do
        {
            var page = await op.Client.AuditAsync($"?actor={owner.Id}&limit=4&{next}");
            pages.AddRange(page.Items);
            next = page.Next is null ? "" : $"after={page.Next}";
        }
        while (next.Length > 0);
        var lines = await op.Client.LinesAsync($"/api/admin/audit?actor={owner.Id}");

        Assert.Equal(6, all.Count);
        Assert.Equal(all.Select(entry => entry.Id), pages.Select(entry => entry.Id));
        Assert.Equal(all.Select(entry => entry.Id), lines.Select(line => line.GetProperty("id").GetGuid()));
        Assert.Equal(3, (await op.Client.AuditAsync($"?actor={owner.Id}&act=memberAdded")).Items.Count);
        Assert.Equal(all.Take(2).Select(e => e.Id), (await op.Client.AuditAsync($"?actor={owner.Id}&since={all[1].At.UtcDateTime:O}")).Items.Select(e => e.Id));
        Assert.Equal(all.Skip(2).Select(e => e.Id), (await op.Client.AuditAsync($"?actor={owner.Id}&until={all[1].At.UtcDateTime:O}")).Items.Select(e => e.Id));
        Assert.All((await op.Client.AuditAsync("?actor=operatorKey")).Items, entry => Assert.True(entry.ByKey));
        Assert.Equal([AuditAct.AuditExported], await op.Client.ActsAsync($"?actor={op.Id}"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("after=nonsense")]
    [InlineData("act=dancing")]
    [InlineData("actor=somebody")]
    [InlineData("since=yesterday")]
    [InlineData("userId=1")]
    public async Task A_condition_that_is_none_is_refused(string condition)
    {
        using var op = chat.Operator();

        using var answer = await op.GetAsync($"/api/admin/audit?{condition}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Problem.ReadAsync(answer);
    }

    [Theory]
    [InlineData("update audit_log set act = 'nothing'")]
    [InlineData("delete from audit_log")]
    [InlineData("truncate audit_log")]
    [InlineData("drop table audit_log")]
    public async Task The_application_cannot_change_what_the_log_says(string attempt)
    {
        await using var application = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        await using var command = application.CreateCommand(attempt);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_log_holds_no_secret_and_nothing_that_anybody_wrote()
    {
        using var op = await Operating.AppointedAsync(chat);
        using var owner = await Person.RegisterAsync(chat, "owner", displayName: "Quiet Owl");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync();
        await owner.Client.AddAsync(group.Id, member.Id);
        await owner.Client.SendAsync(group.Id, "walrus-and-carpenter");
        await owner.Client.LinesAsync("/api/users/me/export");
        await op.Client.SuspendAsync(member.Id);
        await owner.Client.DeleteAccountAsync();

        var log = await chat.ReadAsync<string>("select coalesce(string_agg(audit_log::text, ' '), '') from audit_log");

        string[] never =
        [
            "walrus", "A group", "Quiet Owl", owner.UserName, Person.Password, ChatApplication.OperatorKey, owner.SignIn.AccessToken,
            owner.SignIn.RefreshToken,
        ];
        Assert.All(never, text => Assert.DoesNotContain(text, log, StringComparison.Ordinal));
        Assert.Contains(owner.Id.ToString(), log, StringComparison.Ordinal);
    }
}
