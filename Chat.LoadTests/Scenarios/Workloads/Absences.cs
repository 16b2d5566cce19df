using System.Diagnostics;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>A conversation as those know it who have been away from it, for a while or for long.</summary>
/// <param name="Since">What the answer said from which they go on, after a while.</param>
/// <param name="First">The first message that they have not seen then.</param>
/// <param name="Last">The last that there is.</param>
/// <param name="LongSince">The same after so long that asking on is not worth it.</param>
internal sealed record Absence(Guid ConversationId, string Since, long First, long Last, string LongSince);

/// <summary>Lets rooms go on while nobody listens: by messages that are sent, as only the application makes the changes that are asked for then.</summary>
internal static class Absences
{
    private const int SeenBefore = 1_000;

    /// <returns>Of each room, in the order of their members.</returns>
    public static async Task<IReadOnlyList<Absence>> CreateAsync(Preparation preparation, TestUsers people, CancellationToken stop)
    {
        var missed = preparation.Scenario.Messages;
        var rooms = await preparation.ConversationsAsync(Shapes.Rooms(people, preparation.Scenario.RoomSize, SeenBefore), stop);
        var clients = people.Select((user, number) => (user.Id, Client: preparation.Client(user, number))).ToDictionary(u => u.Id, u => u.Client);
        try
        {
            preparation.Progress.Say("  sending what is missed …");
            var longSince = await PagesAsync(rooms, clients, stop);
            await SendAsync(preparation, rooms, clients, Math.Max(1, ChangeLimits.ReloadBeyond + 1 - missed), stop);
            var since = await PagesAsync(rooms, clients, stop);
            await SendAsync(preparation, rooms, clients, missed, stop);
            return [.. rooms.Select((room, n) => new Absence(
                room.Id, since[n].ChangesToken, since[n].LastSeq + 1, since[n].LastSeq + missed, longSince[n].ChangesToken))];
        }
        finally
        {
            foreach (var client in clients.Values)
            {
                client.Dispose();
            }
        }
    }

    private static Task<MessagePage[]> PagesAsync(
        IEnumerable<SeededConversation> rooms, Dictionary<Guid, ApiClient> clients, CancellationToken stop) =>
        Task.WhenAll(rooms.Select(async room =>
        {
            var answer = await clients[room.Members[0].Id].GetAsync(
                "page", $"/api/conversations/{room.Id}/messages?limit=1", Stopwatch.GetTimestamp(), new Recorder(), stop);
            return answer is { IsSuccess: true } page
                ? JsonSerializer.Deserialize(page.Body.Span, ContractsJson.Default.MessagePage)!
                : throw new CannotRunException("A room that was just written could not be read.");
        }));

    /// <summary>So many into each room, by all of its members at once.</summary>
    private static async Task SendAsync(
        Preparation preparation, IEnumerable<SeededConversation> rooms, Dictionary<Guid, ApiClient> clients, int messages, CancellationToken stop)
    {
        var texts = new MessageTexts(preparation.Random(0));
        var pool = Enumerable.Range(0, 1000).Select(_ => texts.Next()).ToArray();
        var recorder = new Recorder();
        await Task.WhenAll(rooms.SelectMany(room => room.Members.Select((member, number) => Task.Run(async () =>
        {
            var random = preparation.Random(number);
            var sender = new Sender(clients[member.Id], [room.Id], () => pool[random.Next(pool.Length)], random, (_, _, _) => { });
            for (var n = number; n < messages && recorder.Errors == 0; n += room.Members.Count)
            {
                await sender.ActAsync(Stopwatch.GetTimestamp(), recorder, stop);
                stop.ThrowIfCancellationRequested();
            }
        }, stop))));
        if (recorder.Errors > 0)
        {
            throw new CannotRunException($"What is to be missed could not be sent: {string.Join(", ", recorder.ErrorsByReason.Keys)}.");
        }
    }
}
