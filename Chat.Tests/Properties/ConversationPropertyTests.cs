using Chat.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;

namespace Chat.Tests.Properties;

/// <summary>
/// Whatever happens in a conversation, in whatever order and at once, over two replicas: seq and rev are dense, nothing acknowledged is lost
/// or doubled, and what a member held plus the changes since is what a reload shows. The plans are made from fixed seeds, so that a
/// failure here is a failure there; what runs at once meets differently each time.
/// </summary>
[Collection(ChatCollection.Name)]
public sealed class ConversationPropertyTests(ChatApplication chat)
{
    private const int Actors = 4;
    private const int Plans = 4;

    private static readonly Gen<Move> AnyMove = Gen
        .Frequency(Operations.All.Select((operation, i) => (operation.Weight, Gen.Constant(i))))
        .SelectMany(_ => Gen.Choose(0, Actors - 1), (operation, who) => (operation, who))
        .SelectMany(_ => Gen.Choose(0, 1_000), (move, n) => new Move(move.operation, move.who, n));

    /// <summary>Rounds of moves that are made at once.</summary>
    private static readonly Gen<Move[][]> AnyPlan =
        Gen.ArrayOf(Gen.Choose(1, 5).SelectMany(size => Gen.ArrayOf(AnyMove, size)), 14);

    [Theory]
    [InlineData(20_261_121, 7)]
    [InlineData(19_530_516, 11)]
    public async Task Every_members_view_is_what_a_reload_shows(int seed, int gamma)
    {
        await using var owner = await chat.OwnerAsync();
        await using var pooled = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        var actors = await Task.WhenAll(Enumerable.Range(0, Actors).Select(n => Actor.RegisterAsync(chat, $"actor{n}")));
        var plans = Arb.From(AnyPlan, plan => plan.Select((_, left) => plan.Where((_, i) => i != left).ToArray()));
        var property = Prop.ForAll(plans, plan => RunAsync(plan, owner, pooled, actors).GetAwaiter().GetResult());

        await Task.Run(() => property.Check(
            Config.QuickThrowOnFailure.WithMaxTest(Plans).WithReplay((ulong)seed, (ulong)((2 * gamma) + 1))));
        Array.ForEach(actors, actor => actor.Dispose());
    }

    private static async Task<bool> RunAsync(Move[][] plan, NpgsqlDataSource owner, NpgsqlDataSource pooled, Actor[] actors)
    {
        var scene = await Scene.CreateAsync(owner, pooled, actors);
        foreach (var round in plan)
        {
            var moved = round.Where(move => move.ChangesMembership).Select(move => actors[move.Who]).Where(a => a != actors[0]).ToHashSet();
            foreach (var actor in moved)
            {
                actor.IsInDoubt = true;
            }

            await Task.WhenAll(round.Select(move => Operations.All[move.Operation].Do(scene, actors[move.Who], move.N)));
            foreach (var actor in moved)
            {
                // Somebody who left and came back within the round holds what a client would have dropped: changes since must do as well.
                await scene.SettleAsync(actor);
            }
        }

        await scene.CheckAsync();
        return true;
    }

    private sealed record Move(int Operation, int Who, int N)
    {
        public bool ChangesMembership => Operations.All[Operation].Name is "join" or "leave";

        public override string ToString() => $"actor{Who}: {Operations.All[Operation].Name} {N}";
    }
}
