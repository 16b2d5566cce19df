using Chat.Data.Compaction;
using Chat.Tests.Support;

namespace Chat.Tests.Properties;

/// <param name="Weight">How often it is chosen, in proportion to the others.</param>
/// <param name="Name">What a failing plan calls it.</param>
/// <param name="Do">Does it, and asserts what is answered. The number says which message, emoji or replica.</param>
internal sealed record Operation(int Weight, string Name, Func<Scene, Actor, int, Task> Do);

/// <summary>
/// What may happen in a conversation, in any order and at once. An operation on messages is a line here: what it may change is for nobody
/// to predict, only that every member's view comes out the same.
/// </summary>
internal static class Operations
{
    private static readonly string[] Emoji = ["👍", "🎉"];

    private static readonly CompactionBounds KeepAll = new(KeepRevs: 100_000, TimeSpan.FromDays(30), Worthwhile: 1, Every: TimeSpan.FromDays(9));

    public static readonly Operation[] All =
    [
        new(10, "send", (scene, who, n) => scene.SendAsync(who, n)),
        new(4, "send again", (scene, who, n) => scene.SendAgainAsync(who, n)),
        new(6, "react", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.PutAsync(Reaction(scene, seq, n), null))),
        new(3, "take back", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.DeleteAsync(Reaction(scene, seq, n)))),
        new(6, "answer", (scene, who, n) => scene.AnswerAsync(who, n)),
        new(6, "edit", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.TryEditAsync(scene.Id, seq, $"edited {n % 3}"))),
        new(3, "pin", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.PutAsync($"{Conversing.Address(scene.Id, seq)}/pin", null))),
        new(2, "unpin", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.DeleteAsync($"{Conversing.Address(scene.Id, seq)}/pin"))),
        new(3, "delete", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.DeleteAsync(Conversing.Address(scene.Id, seq)))),
        new(3, "hide", (scene, who, n) => scene.HideAsync(who, n)),
        new(4, "send a poll", (scene, who, n) => scene.SendPollAsync(who, n)),
        new(8, "vote", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.TryVoteAsync(scene.Id, seq, n % 2))),
        new(3, "withdraw", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.DeleteAsync($"{Conversing.Address(scene.Id, seq)}/vote"))),
        new(1, "close", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.PostAsync($"{Conversing.Address(scene.Id, seq)}/close", null))),
        new(1, "reopen", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.PostAsync($"{Conversing.Address(scene.Id, seq)}/reopen", null))),
        new(1, "add an option", (scene, who, n) => scene.OnMessageAsync(who, n, (client, seq) => client.TryAddOptionAsync(scene.Id, seq, $"{n % 3}"))),
        new(2, "join", (scene, who, n) => scene.JoinAsync(who, n)),
        new(2, "leave", (scene, who, n) => scene.LeaveAsync(who, n)),
        new(5, "catch up", (scene, who, n) => scene.CatchUpAsync(who, n)),
        new(1, "compact", (scene, _, _) => scene.CompactAsync(KeepAll)),
        new(1, "give up", (scene, _, _) => scene.CompactAsync(KeepAll with { KeepRevs = 5 })),
    ];

    private static string Reaction(Scene scene, long seq, int n) => Conversing.Reaction(scene.Id, seq, Emoji[n % 2]);
}
