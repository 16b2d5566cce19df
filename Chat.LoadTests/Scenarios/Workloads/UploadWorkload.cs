using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Companions;
using Chat.LoadTests.Scenarios.Users;
using Chat.LoadTests.Seeding;

namespace Chat.LoadTests.Scenarios.Workloads;

/// <summary>Users who upload.</summary>
internal sealed class UploadWorkload : Workload
{
    private const long Megabyte = 1024 * 1024;
    private readonly Preparation _preparation;
    private readonly TestUsers _people;
    private readonly Sampling _sampling;
    private Phase? _phase;

    private UploadWorkload(Preparation preparation, TestUsers people, IReadOnlyList<Uploader> users)
        : base(users) => (_preparation, _people, _sampling) = (preparation, people, new Sampling(preparation.Stack));

    /// <summary>100 KB 40 %, 1 MB 30 %, 10 MB 20 %, 50 MB 10 %, none larger than the scenario says; a tenth of them is downloaded and compared.</summary>
    public static Task<Workload> Mixed(Preparation preparation, CancellationToken stop) => CreateAsync(
        preparation,
        random => random.Next(10) switch { < 4 => 100 * 1024, < 7 => Megabyte, < 9 => 10 * Megabyte, _ => 50 * Megabyte },
        compared: 0.1, stop);

    public static Task<Workload> Largest(Preparation preparation, CancellationToken stop) =>
        CreateAsync(preparation, _ => long.MaxValue, compared: 0, stop);

    public override Task BeginAsync(Phase phase, CancellationToken stop)
    {
        _phase = phase;
        return _sampling.BeginAsync(phase, stop);
    }

    public override Task<PhaseResult> EndAsync(PhaseResult result, bool isMain) => _sampling.EndAsync(_phase!, result);

    public override async Task<RunResult> SettleAsync(RunResult result, CancellationToken stop) =>
        result with { Fsync = await Durability.ReadAsync(_preparation.Stack.Owner(), stop) };

    public override async ValueTask DisposeAsync()
    {
        await _sampling.DisposeAsync();
        await base.DisposeAsync();
        await _people.DisposeAsync();
    }

    private static async Task<Workload> CreateAsync(Preparation preparation, Func<Random, long> size, double compared, CancellationToken stop)
    {
        var people = await preparation.UsersAsync(preparation.Scenario.Users, stop);
        var (most, api) = (preparation.Scenario.LargestFile, preparation.Stack.Api);
        return new UploadWorkload(preparation, people, [.. people.Select((user, number) =>
        {
            var random = preparation.Random(number);
            return new Uploader(api[number % api.Count], user, () => Math.Min(size(random), most), compared, random);
        })]);
    }
}
