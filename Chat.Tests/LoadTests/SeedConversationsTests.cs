using System.Net.Http.Headers;
using Chat.Contracts.Messages;
using Chat.LoadTests.Seeding;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.LoadTests;

[Collection(ChatCollection.Name)]
public sealed class SeedConversationsTests(ChatApplication chat)
{
    /// <summary>What holds of every conversation in which nobody has read anything but by sending, and nobody has left.</summary>
    private const string Violations = """
        select violated
        from conversations c,
        lateral (values
            ('last_seq', last_seq = (select count(*) from messages where conversation_id = c.id)),
            ('dense', last_seq = (select coalesce(max(seq), 0) from messages where conversation_id = c.id)),
            ('last_rev', last_rev = (select max(rev) from changes where conversation_id = c.id)),
            ('dense revs', last_rev = (select count(*) from changes where conversation_id = c.id)),
            ('a change a message', not exists (
                select from messages m
                where conversation_id = c.id and not exists (
                    select from changes where (conversation_id, rev, seq) = (m.conversation_id, m.rev, m.seq)))),
            ('a change for its creation', exists (select from changes where (conversation_id, rev, seq) = (c.id, 1, 0))),
            ('kept_rev', kept_rev = 0),
            ('membership_version', membership_version = 1),
            ('member_count', member_count = (select count(*) from members where conversation_id = c.id and left_at is null)),
            ('first_member_ids', first_member_ids = array(select user_id from members where conversation_id = c.id order by user_id limit 5)),
            ('one owner', 1 = (select count(*) from members where conversation_id = c.id and role = 'owner')),
            ('the last message', (active_at, last_sender_id, last_kind, last_text) = (
                select created_at, sender_id, kind, left(text, 200) from messages where conversation_id = c.id order by seq desc limit 1)),
            ('content as of its kind', not exists (
                select from messages m left join files f on f.id = (content #>> '{file,id}')::uuid
                where conversation_id = c.id and content is distinct from case kind
                    when 'poll' then jsonb_build_object('poll', jsonb_build_object(
                        'options', content #> '{poll,options}', 'multiple', false, 'anonymous', false))
                    when 'text' then null
                    else jsonb_build_object('file', jsonb_strip_nulls(jsonb_build_object(
                        'id', f.id, 'name', f.name, 'mediaType', f.media_type, 'size', f.size, 'width', f.width, 'height', f.height)))
                end)),
            ('a poll''s options', not exists (
                select from messages
                where conversation_id = c.id and kind = 'poll' and jsonb_array_length(content #> '{poll,options}') is distinct from 4)),
            ('files are their senders'' own', not exists (
                select from messages m left join files f on f.id = (content #>> '{file,id}')::uuid
                where conversation_id = c.id and kind in ('image', 'file')
                  and (owner_id = sender_id and f.created_at <= m.created_at and (kind = 'file' or media_type like 'image/%')) is not true)),
            ('times grow', not exists (
                select from (select created_at < lag(created_at) over (order by seq) as earlier from messages where conversation_id = c.id) t
                where earlier)),
            ('all in the past', c.created_at <= active_at and active_at <= clock_timestamp()),
            ('own messages are read', not exists (
                select from members m
                where conversation_id = c.id and (read_seq, delivered_seq) <> (
                    select coalesce(max(seq), 0), coalesce(max(seq), 0) from messages
                    where conversation_id = c.id and sender_id = m.user_id))),
            ('each joining is told', not exists (
                select from members m
                where conversation_id = c.id and 1 <> (
                    select count(*) from user_changes u where u.user_id = m.user_id and u.conversation_id = c.id and seq = 0))),
            ('streams are dense', not exists (
                select from members m join user_streams s using (user_id)
                where conversation_id = c.id and (s.last_rev, s.last_rev) <> (
                    select max(rev), count(*) from user_changes u where u.user_id = m.user_id)))
        ) as rules (violated, holds)
        where c.id = any($1) and holds is not true
        """;

    private static readonly string[] FourOptions = ["one", "two", "three", "four"];

    private static readonly MessagePart[] AllKinds =
        [new(MessageKind.Poll, 1), new(MessageKind.Image, 4), new(MessageKind.File, 4), new(MessageKind.Text, 21)];

    [Fact]
    public async Task What_was_seeded_is_what_the_API_answers()
    {
        await using var stack = await chat.StackAsync();
        await using var users = await TestUsers.CreateAsync(stack, count: 12, seed: 1, CancellationToken.None);
        var seeded = await SeedAsync([new ConversationPlan("A dozen", [.. users], AllKinds), Shapes.OneGroup("Nothing said", [.. users.Take(2)])]);
        using var member = As(users[3]);
        using var owner = As(users[0]);

        var listed = await member.ConversationsAsync();
        var group = await member.ConversationAsync(Assert.Single(listed.Items).Id);
        var history = await member.HistoryAsync(group.Id, "?limit=50");
        var members = await member.MembersAsync(group.Id);

        Assert.Equal((seeded[0].Id, "A dozen", 30, 31), (group.Id, group.Title, group.LastSeq, group.LastRev));
        Assert.Equal(12, group.MemberCount);
        Assert.Equal(users.Select(u => u.Id).Order().Take(5), group.FirstMembers.Select(m => m.Id));
        Assert.Equal(Enumerable.Range(1, 30).Select(n => (long)n), history.Items.Select(m => m.Seq).Order());
        Assert.All(
            history.Items.Where(m => m.Kind == MessageKind.Text),
            message => Assert.InRange(message.Text.Length, MessageTexts.Shortest, MessageTexts.Longest));
        Assert.Equal(AllKinds, history.Items.GroupBy(m => m.Kind).Select(kind => new MessagePart(kind.Key, kind.Count())));
        Assert.Equal(4, history.Items[0].Content!.Poll!.Options.Count);
        Assert.All(history.Items.Skip(1).Take(8), message => Assert.True(message.Content!.File!.Size > 0));
        var last = history.Items.MaxBy(m => m.Seq)!;
        Assert.StartsWith(group.LastMessage!.Text, last.Text, StringComparison.Ordinal);
        Assert.Equal((last.SenderId, last.CreatedAt), (group.LastMessage.SenderId, group.ActiveAt));
        Assert.Equal(history.Items.Where(m => m.SenderId == users[3].Id).Max(m => (long?)m.Seq) ?? 0, group.Me!.ReadSeq);
        Assert.Equal(users.Select(u => u.Id).Order(), members.Items.Select(m => m.UserId));
        Assert.Equal(["A dozen", "Nothing said"], (await owner.ConversationsAsync()).Items.Select(c => c.Title));
    }

    [Fact]
    public async Task A_conversation_goes_on_from_where_it_was_seeded()
    {
        await using var stack = await chat.StackAsync();
        await using var users = await TestUsers.CreateAsync(stack, count: 3, seed: 1, CancellationToken.None);
        var group = (await SeedAsync([Shapes.OneGroup("Three", [.. users], messages: 7)]))[0];
        using var sender = As(users[0]);
        using var member = As(users[1]);
        var before = await member.ConversationAsync(group.Id);

        var sent = await sender.SendAsync(group.Id, "the first that is said aloud");

        Assert.Equal((8, 9), (sent.Seq, sent.Rev));
        var changes = await member.ChangesAsync(group.Id, before.ChangesToken!);
        Assert.Equal(sent.Seq, Assert.Single(changes.Messages).Seq);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_are_as_the_application_itself_writes_them(bool seeded)
    {
        var conversations = seeded ? await SeedTwiceAsync() : await SayAsync();

        await using var database = await chat.OwnerAsync();
        await using var command = database.CreateCommand(Violations);
        command.Parameters.Add(new NpgsqlParameter { Value = conversations });
        await using var reader = await command.ExecuteReaderAsync();
        var violated = new List<string>();
        while (await reader.ReadAsync())
        {
            violated.Add(reader.GetString(0));
        }

        Assert.Empty(violated);
    }

    [Fact]
    public async Task The_same_seed_says_the_same_in_the_same_order()
    {
        await using var stack = await chat.StackAsync();
        await using var users = await TestUsers.CreateAsync(stack, count: 4, seed: 1, CancellationToken.None);
        var plan = Shapes.OneGroup("Repeated", [.. users], messages: 20);
        using var member = As(users[0]);

        var one = await SaidAsync(seed: 5);
        var again = await SaidAsync(seed: 5);
        var other = await SaidAsync(seed: 6);

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);

        async Task<(Guid, string)[]> SaidAsync(int seed)
        {
            var group = (await SeedAsync([plan], seed))[0];
            return [.. (await member.HistoryAsync(group.Id, "?limit=50")).Items.Select(m => (m.SenderId, m.Text))];
        }
    }

    private async Task<IReadOnlyList<SeededConversation>> SeedAsync(IEnumerable<ConversationPlan> plans, int seed = 1)
    {
        await using var owner = await chat.OwnerAsync();
        return await SeedConversations.RunAsync(owner, plans, seed, progress: null, CancellationToken.None);
    }

    /// <summary>The requirements' test data, and then more for the same people.</summary>
    private async Task<Guid[]> SeedTwiceAsync()
    {
        await using var stack = await chat.StackAsync();
        await using var users = await TestUsers.CreateAsync(stack, TestData.Users, seed: 1, CancellationToken.None);
        var first = await SeedAsync(TestData.Of(users));
        var second = await SeedAsync([.. Shapes.Groups(users, count: 15, size: 20, messages: 3)]);
        return [.. first.Concat(second).Select(c => c.Id)];
    }

    private async Task<Guid[]> SayAsync()
    {
        using var owner = await Person.RegisterAsync(chat, "owner");
        using var member = await Person.RegisterAsync(chat, "member");
        using var silent = await Person.RegisterAsync(chat, "silent");
        var group = await owner.CreateGroupAsync(member, silent);
        foreach (var person in (Person[])[owner, member, owner, member, member])
        {
            await person.Client.SendAsync(group.Id, new string('x', 300));
        }

        await member.Client.SendPollAsync(group.Id, new SendPollRequest(Guid.NewGuid(), "Which?", FourOptions));
        foreach (var (kind, mediaType) in ((MessageKind, string)[])[(MessageKind.Image, "image/jpeg"), (MessageKind.File, "text/plain")])
        {
            var file = await FileAsync(owner.Id, mediaType);
            await owner.Client.SendAsync(group.Id, new SendMessageRequest(Guid.NewGuid(), Kind: kind, FileId: file));
        }

        return [group.Id];
    }

    private async Task<Guid> FileAsync(Guid owner, string mediaType)
    {
        var id = Guid.CreateVersion7();
        await using var database = await chat.OwnerAsync();
        await using var insert = database.CreateCommand(
            $"insert into files (id, owner_id, name, media_type, size) values ('{id}', '{owner}', 'any', '{mediaType}', 1000)");
        await insert.ExecuteNonQueryAsync();
        return id;
    }

    private HttpClient As(TestUser user)
    {
        var client = chat.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", user.AccessToken);
        return client;
    }
}
