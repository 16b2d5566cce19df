using System.Net;
using Chat.Data.Compaction;
using Chat.Data.Conversations;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Worker;

/// <summary>Compaction takes from nobody what they were promised. Two workers do it as well, with bounds that nothing here reaches.</summary>
[Collection(ChatCollection.Name)]
public sealed class CompactConversationsTests(ChatApplication chat) : IAsyncLifetime
{
    private static readonly CompactionBounds Eager = new(KeepRevs: 100_000, TimeSpan.FromDays(30), Worthwhile: 1, Every: TimeSpan.FromDays(9));
    private NpgsqlDataSource _database = null!;
    private Guid _epoch;

    [Fact]
    public async Task Superseded_rows_go_and_whatever_the_token_a_reader_is_told_the_same_as_before()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await owner.CreateGroupAsync();
        for (var n = 1; n <= 8; n++)
        {
            await owner.Client.SendAsync(group.Id, $"message {n}");
            await chat.ChangeAsync(group.Id, seq: (n + 1) / 2, "text || ' changed'");
            await owner.Client.AddAsync(group.Id, member.Id);
            await owner.Client.RemoveAsync(group.Id, member.Id);
        }

        var before = await ToldAsync();
        await CompactAsync(group.Id, Eager);
        var after = await ToldAsync();

        Assert.Equal(before, after);
        Assert.Equal(8 + 16 + 1, await RowsAsync(group.Id));
        Assert.Equal(0, await KeptAsync(group.Id));

        async Task<List<string>> ToldAsync()
        {
            var told = new List<string>();
            var last = (await owner.Client.ConversationAsync(group.Id)).LastRev;
            for (var rev = 0L; rev <= last; rev++)
            {
                var pages = await owner.Client.AllChangesAsync(group.Id, Token(rev), limit: 7);
                var messages = pages.SelectMany(p => p.Messages).DistinctBy(m => m.Seq).OrderBy(m => m.Seq).Select(m => $"{m.Seq} {m.Rev} {m.Text}");
                told.Add($"{rev}: {string.Join(", ", messages)}; {pages.Any(p => p.Conversation is not null)} {pages[^1].Next}");
            }

            return told;
        }
    }

    [Fact]
    public async Task Revs_beyond_the_number_kept_are_gone_and_the_last_of_them_are_not()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => member.Client.SendAsync(group.Id)));

        await CompactAsync(group.Id, Eager with { KeepRevs = 10 });

        Assert.Equal((21, 10), (await KeptAsync(group.Id), await RowsAsync(group.Id)));
        Assert.Equal(10, (await member.Client.ChangesAsync(group.Id, Token(21))).Messages.Count);
        using var gone = await member.Client.GetAsync($"/api/conversations/{group.Id}/changes?since={Token(20)}");
        await Problem.ReadAsync(gone, HttpStatusCode.Gone, "changes-gone");
    }

    [Fact]
    public async Task Revs_are_gone_when_they_are_known_to_be_old_and_a_quiet_conversations_token_lives_for_ever()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        var old = await member.Client.SendAsync(group.Id, "old");
        await CompactAsync(group.Id, Eager);
        await member.Client.SendAsync(group.Id, "young");

        await CompactAsync(group.Id, Eager);
        Assert.Equal(0, await KeptAsync(group.Id));
        await AgeAsync();
        await CompactAsync(group.Id, Eager);

        Assert.Equal((old.Rev, 1), (await KeptAsync(group.Id), await RowsAsync(group.Id)));
        Assert.Equal("young", Assert.Single((await member.Client.ChangesAsync(group.Id, Token(old.Rev))).Messages).Text);
        using var gone = await member.Client.GetAsync($"/api/conversations/{group.Id}/changes?since={Token(old.Rev - 1)}");
        await Problem.ReadAsync(gone, HttpStatusCode.Gone, "changes-gone");

        await AgeAsync();
        await CompactAsync(group.Id, Eager);
        Assert.Equal(0, await RowsAsync(group.Id));
        Assert.Equal(Token(old.Rev + 1), (await member.Client.ChangesAsync(group.Id, Token(old.Rev + 1))).Next);

        Task<int> AgeAsync() => chat.ExecuteAsync(
            $"update compactions set marked_at = marked_at - interval '31 days' where conversation_id = '{group.Id}'");
    }

    [Fact]
    public async Task A_long_stream_is_gone_through_in_several_passes()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var group = await member.CreateGroupAsync();
        await member.Client.SendAsync(group.Id);
        await chat.ExecuteAsync($"""
            insert into changes (conversation_id, rev, seq) select '{group.Id}', n, 1 from generate_series(3, 60000) n;
            update conversations set last_rev = 60000 where id = '{group.Id}';
            update messages set rev = 60000 where conversation_id = '{group.Id}'
            """);

        var first = await VisitAsync(group.Id, Eager);
        await CompactAsync(group.Id, Eager);

        Assert.InRange(first, CompactConversations.MaxRows / 2, CompactConversations.MaxRows);
        Assert.Equal(2, await RowsAsync(group.Id));
        Assert.Equal(1, Assert.Single((await member.Client.ChangesAsync(group.Id, group.ChangesToken!)).Messages).Seq);
    }

    [Fact]
    public async Task A_conversation_that_is_being_written_to_is_passed_over()
    {
        using var member = await Person.RegisterAsync(chat, "member");
        var (busy, free) = (await member.CreateGroupAsync(), await member.CreateGroupAsync());
        await using var database = await chat.OwnerAsync();
        await using var writer = await database.OpenConnectionAsync();
        await using var writing = await writer.BeginTransactionAsync();
        await using var locking = new NpgsqlCommand($"select from conversations where id = '{busy.Id}' for no key update", writer);
        await chat.ExecuteAsync($"update conversations set compact_at = '-infinity' where id = '{busy.Id}'");
        await locking.ExecuteNonQueryAsync();

        await CompactAsync(free.Id, Eager);

        Assert.True(await chat.ReadAsync<bool>($"select compact_at = '-infinity' from conversations where id = '{busy.Id}'"));
    }

    public async Task InitializeAsync() => (_database, _epoch) = (
        NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer")), await chat.ReadAsync<Guid>("select epoch from installation"));

    public async Task DisposeAsync() => await _database.DisposeAsync();

    private string Token(long rev) => new ChangesToken(_epoch, rev).ToString();

    private Task<long> RowsAsync(Guid conversation) => chat.ReadAsync<long>($"select count(*) from changes where conversation_id = '{conversation}'");

    private Task<long> KeptAsync(Guid conversation) => chat.ReadAsync<long>($"select kept_rev from conversations where id = '{conversation}'");

    /// <summary>Visits until nothing is left to do.</summary>
    private Task CompactAsync(Guid conversation, CompactionBounds bounds) => Eventually.HoldsAsync(
        "the stream is compacted", ChatApplication.Patience, async () =>
        {
            await VisitAsync(conversation, bounds);
            return await chat.ReadAsync<bool>($"""
                select compact_at > now() + interval '8 days' and scanned_rev is null
                from conversations join compactions on id = conversation_id where id = '{conversation}'
                """);
        });

    /// <summary>Visits once; where a worker was quicker, again. Returns how many rows the pass removed.</summary>
    private async Task<long> VisitAsync(Guid conversation, CompactionBounds bounds)
    {
        var removed = 0L;
        await Eventually.HoldsAsync("the conversation is visited by this test", ChatApplication.Patience, async () =>
        {
            await chat.ExecuteAsync($"update conversations set compact_at = '-infinity' where id = '{conversation}'");
            (_, removed) = await CompactConversations.RunAsync(_database, bounds, CancellationToken.None);
            return await chat.ReadAsync<bool>($"""
                select compact_at > now() + interval '8 days' or scanned_rev is not null
                from conversations join compactions on id = conversation_id where id = '{conversation}'
                """);
        });
        return removed;
    }
}
