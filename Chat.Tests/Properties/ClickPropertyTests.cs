using Chat.Contracts.Messages;
using Chat.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Chat.Tests.Properties;

/// <summary>
/// Whatever many people do at once to a message and two polls, over two replicas and two workers: what is shown in the end is what a model
/// says that has only heard the answers. Each round is made at once; in a round nobody does two things to one message, but for those who race
/// with themselves, of which either may have won.
/// </summary>
[Collection(ChatCollection.Name)]
public sealed class ClickPropertyTests(ChatApplication chat)
{
    private const int People = 5;
    private const int Plans = 4;

    private static readonly Kind[] Frequencies =
    [
        Kind.Add, Kind.Add, Kind.Add, Kind.Remove, Kind.Remove, Kind.Vote, Kind.Vote, Kind.Vote, Kind.Vote, Kind.Race, Kind.Withdraw, Kind.Close,
        Kind.Reopen, Kind.Reopen, Kind.AddOption,
    ];

    private static readonly Gen<Move> AnyMove = Gen.Elements(Frequencies).SelectMany(_ => Gen.Choose(0, 1_000), (kind, n) => new Move(kind, n));

    /// <summary>Rounds of one move of each person.</summary>
    private static readonly Gen<Move[][]> AnyPlan = Gen.ArrayOf(Gen.ArrayOf(AnyMove, People), 15);

    private enum Kind
    {
        Add,
        Remove,
        Vote,
        Race,
        Withdraw,
        Close,
        Reopen,
        AddOption,
    }

    [Theory]
    [InlineData(20_261_121, 7)]
    [InlineData(18_430_905, 3)]
    public async Task What_is_shown_is_what_was_acknowledged(int seed, int gamma)
    {
        var people = await Task.WhenAll(Enumerable.Range(0, People).Select(n => Actor.RegisterAsync(chat, $"person{n}")));
        var plans = Arb.From(AnyPlan, plan => plan.Select((_, left) => plan.Where((_, i) => i != left).ToArray()));
        var property = Prop.ForAll(plans, plan => RunAsync(plan, people).GetAwaiter().GetResult());

        await Task.Run(() => property.Check(
            Config.QuickThrowOnFailure.WithMaxTest(Plans).WithReplay((ulong)seed, (ulong)((2 * gamma) + 1))));
        Array.ForEach(people, person => person.Dispose());
    }

    private async Task<bool> RunAsync(Move[][] plan, Actor[] people)
    {
        var group = await people[0].Person.CreateGroupAsync([.. people[1..].Select(p => p.Person)]);
        var author = people[0].Person.Client;
        await author.SendAsync(group.Id);
        for (var seq = 2; seq <= 3; seq++)
        {
            await author.SendPollAsync(
                group.Id, new SendPollRequest(Guid.NewGuid(), "Which?", ["a", "b", "c"], Multiple: seq == 3, MembersAddOptions: true));
        }

        var model = new ClickModel(chat, group.Id, people);
        foreach (var round in plan)
        {
            await Task.WhenAll(round.Select((move, who) => DoAsync(model, who, move)));
            model.EndRound();
        }

        await model.CheckAsync();
        return true;
    }

    private static Task DoAsync(ClickModel model, int who, Move move)
    {
        var (poll, option) = (2 + (move.N % 2), move.N / 2 % 3);
        return move.Kind switch
        {
            Kind.Add => model.ReactAsync(who, move.N, wanted: true),
            Kind.Remove => model.ReactAsync(who, move.N, wanted: false),
            Kind.Vote => model.VoteAsync(who, poll, move.N, poll == 3 ? [option, (option + 1) % 3] : [option]),
            Kind.Race => model.RaceAsync(who, poll, option, (option + 1) % 3),
            Kind.Withdraw => model.VoteAsync(who, poll, move.N, []),
            // All but the author are members only.
            Kind.Close => model.ChangeAsync(who, poll, move.N, "close"),
            Kind.Reopen => model.ChangeAsync(who, poll, move.N, "reopen"),
            _ => model.AddOptionAsync(who, poll, move.N),
        };
    }

    private sealed record Move(Kind Kind, int N)
    {
        public override string ToString() => $"{Kind} {N}";
    }
}
