using System.Net;
using System.Text;
using Chat.Contracts.ReadState;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Api.ReadState;

[Collection(ChatCollection.Name)]
public sealed class CursorTests(ChatApplication chat)
{
    [Fact]
    public async Task A_cursor_only_moves_forward_in_whatever_order_devices_at_two_replicas_say_what_was_read()
    {
        var (sender, reader, group) = await SceneAsync(messages: 12);
        using var elsewhere = reader.At(chat, "api2");
        long[] seqs = [.. Enumerable.Range(1, 10).Select(n => (long)n)];
        Random.Shared.Shuffle(seqs);

        var answers = await Task.WhenAll(seqs.SelectMany(seq => new[]
        {
            reader.Client.ReadUpToAsync(group, seq), elsewhere.ReadUpToAsync(group, seq), elsewhere.DeliveredUpToAsync(group, seq + 1),
        }));

        Assert.All(answers.Chunk(3).Zip(seqs), of => Assert.All(of.First[..2], answer => Assert.InRange(answer.ReadSeq, of.Second, 10)));
        Assert.Equal(new OwnCursors(10, 11, 2), await reader.Client.ReadUpToAsync(group, 3));
        Assert.Equal((10, 11, 2), await MeAsync(reader, group));
        Assert.Equal((12, 12, 0), await MeAsync(sender, group));
    }

    [Fact]
    public async Task Beyond_the_end_means_the_end_and_what_is_sent_then_is_unread()
    {
        var (sender, reader, group) = await SceneAsync(messages: 2);

        Assert.Equal(new OwnCursors(2, 2, 0), await reader.Client.ReadUpToAsync(group, long.MaxValue));
        await sender.Client.SendAsync(group);

        Assert.Equal((2, 2, 1), await MeAsync(reader, group));
    }

    [Fact]
    public async Task What_is_delivered_is_not_read_and_what_is_read_is_delivered()
    {
        var (_, reader, group) = await SceneAsync(messages: 5);

        Assert.Equal(new OwnCursors(0, 4, 5), await reader.Client.DeliveredUpToAsync(group, 4));
        Assert.Equal(new OwnCursors(2, 4, 3), await reader.Client.ReadUpToAsync(group, 2));
        Assert.Equal(new OwnCursors(5, 5, 0), await reader.Client.ReadUpToAsync(group, 5));
    }

    [Fact]
    public async Task Mentions_are_fewer_as_they_are_read()
    {
        var (sender, reader, group) = await SceneAsync(messages: 0);
        for (var n = 0; n < 3; n++)
        {
            await sender.Client.SendAsync(group, new(Guid.NewGuid(), "you", Mentions: [reader.Id], MentionsEveryone: n == 1));
        }

        var counts = new List<long>();
        for (var seq = 1; seq <= 3; seq++)
        {
            await reader.Client.ReadUpToAsync(group, seq);
            counts.Add((await reader.Client.ConversationAsync(group)).Me!.Mentions);
        }

        Assert.Equal([2, 1, 0], counts);
        Assert.Equal(0, Assert.Single((await reader.Client.ConversationsAsync()).Items).Me.Mentions);
    }

    [Fact]
    public async Task Who_has_read_a_message_is_told_in_pages_and_a_cursor_says_it_of_all()
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        using var one = await Person.RegisterAsync(chat, "one");
        using var other = await Person.RegisterAsync(chat, "other");
        using var removed = await Person.RegisterAsync(chat, "removed");
        var group = (await sender.CreateGroupAsync(one, other, removed)).Id;
        await sender.Client.SendAsync(group);
        await sender.Client.SendAsync(group);
        await Task.WhenAll(
            one.Client.ReadUpToAsync(group, 2), other.Client.ReadUpToAsync(group, 1), removed.Client.ReadUpToAsync(group, 2));
        await sender.Client.RemoveAsync(group, removed.Id);

        var first = await other.Client.ReadersAsync(group, 1, "?limit=1");
        var second = await other.Client.ReadersAsync(group, 1, $"?limit=1&after={first.Next}");
        var cursors = await other.Client.CursorsAsync(group, "?limit=2");
        var rest = await other.Client.CursorsAsync(group, $"?limit=2&after={cursors.Next}");

        Assert.Equal([one.Id, other.Id], first.Items.Concat(second.Items).Select(reader => reader.Id));
        Assert.Null(second.Next);
        Assert.Equal(one.Id, Assert.Single((await sender.Client.ReadersAsync(group, 2)).Items).Id);
        Assert.Equal(
            [new MemberCursors(sender.Id, 3, 3), new(one.Id, 2, 2), new(other.Id, 1, 1)], cursors.Items.Concat(rest.Items));
        using var none = await sender.Client.GetAsync($"{Conversing.Address(group, 4)}/reads");
        await Problem.ReadAsync(none, HttpStatusCode.NotFound, "not-found");
        foreach (var bad in (string[])["cursors?limit=1001", "cursors?after=x", "messages/1/reads?limit=0"])
        {
            using var answer = await sender.Client.GetAsync($"/api/conversations/{group}/{bad}");
            await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
        }
    }

    [Fact]
    public async Task A_member_whose_row_is_held_holds_up_nobody_else()
    {
        var (sender, held, group) = await SceneAsync(messages: 3);
        using var other = await Person.RegisterAsync(chat, "other");
        await sender.Client.AddAsync(group, other.Id);
        await using var owner = await chat.OwnerAsync();
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand(
            $"select from members where conversation_id = '{group}' and user_id = '{held.Id}' for update", connection);
        await hold.ExecuteNonQueryAsync();

        var waits = held.Client.ReadUpToAsync(group, 2);
        var waitsToo = held.Client.ReadUpToAsync(group, 3);
        Assert.Equal(new OwnCursors(3, 3, Unread: 1), await other.Client.ReadUpToAsync(group, 3));
        Assert.False(waits.IsCompleted || waitsToo.IsCompleted);
        await transaction.RollbackAsync();

        Assert.InRange((await waits).ReadSeq, 2, 3);
        Assert.Equal(3, (await waitsToo).ReadSeq);
    }

    [Theory]
    [InlineData("""{"seq":0}""", "invalid-request")]
    [InlineData("""{"seq":-1}""", "invalid-request")]
    [InlineData("""{"seq":"1"}""", "malformed-request")]
    [InlineData("""{"seq":1.5}""", "malformed-request")]
    [InlineData("""{"seq":9223372036854775808}""", "malformed-request")]
    [InlineData("""{"seq":null}""", "malformed-request")]
    [InlineData("{}", "malformed-request")]
    [InlineData("[]", "malformed-request")]
    public async Task What_is_no_seq_is_refused_and_moves_nothing(string body, string problem)
    {
        var (_, reader, group) = await SceneAsync(messages: 1);

        foreach (var cursor in (string[])["read", "delivered"])
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await reader.Client.PutAsync($"/api/conversations/{group}/{cursor}", content);
            await Problem.ReadAsync(answer, HttpStatusCode.BadRequest, problem);
        }

        Assert.Equal((0, 0, 1), await MeAsync(reader, group));
    }

    private async Task<(Person Sender, Person Reader, Guid Group)> SceneAsync(int messages)
    {
        var sender = await Person.RegisterAsync(chat, "sender");
        var reader = await Person.RegisterAsync(chat, "reader");
        var group = (await sender.CreateGroupAsync(reader)).Id;
        for (var n = 0; n < messages; n++)
        {
            await sender.Client.SendAsync(group);
        }

        return (sender, reader, group);
    }

    private static async Task<(long, long, long)> MeAsync(Person person, Guid group)
    {
        var me = (await person.Client.ConversationAsync(group)).Me!;
        return (me.ReadSeq, me.DeliveredSeq, me.Unread);
    }
}
