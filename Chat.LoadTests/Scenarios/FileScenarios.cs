using Chat.LoadTests.Limits;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Workloads;
using static Chat.LoadTests.Scenarios.CommonBars;

namespace Chat.LoadTests.Scenarios;

/// <summary>The scenarios of files: <see cref="ScenarioTable"/> has them with the others.</summary>
internal static class FileScenarios
{
    private const long Megabyte = 1024 * 1024;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("file-list", "30, then 60 users list the files of a conversation with 100 images and 100 files, 50 a page")
        {
            Prepare = ReadWorkload.FileList,
            Phases = [WarmUp(60), new("thirty", Seconds(15), 30), new("users", Seconds(30), 60) { IsMain = true }, .. Pairs, AtCapacity],
            Bars = [P95("thirty", 50), P95("users", 50), NoErrors("users"), FromMemory, AsText],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "p50 2,878, p95 8,151 ms at 60 users",
        },
        new("media-open", "50, then 60 users open a conversation of images, 50 a page")
        {
            Prepare = ReadWorkload.MediaOpen,
            Phases = [WarmUp(60), new("fifty", Seconds(15), 50), new("users", Seconds(30), 60) { IsMain = true }, .. Pairs, AtCapacity],
            Bars = [P95("fifty", 50), P95("users", 50), NoErrors("users"), FromMemory, AsText],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "50 users: p50 6,454, p95 10,038 ms",
        },
        OnS3("file-list-s3", ReadWorkload.FileList), OnS3("file-list-s3-alone", ReadWorkload.FileList) with { WithoutWorker = true },
        OnS3("media-open-s3", ReadWorkload.MediaOpen), OnS3("media-open-s3-alone", ReadWorkload.MediaOpen) with { WithoutWorker = true },
        new("upload", "25, 50 and 100 users upload at once: 100 KB 40 %, 1 MB 30 %, 10 MB 20 %, 50 MB 10 %; a tenth is downloaded and compared")
        {
            Prepare = UploadWorkload.Mixed,
            LargestFile = 50 * Megabyte,
            Phases =
            [
                Uploading("twenty-five", 25), Uploading("fifty", 50), Uploading("users", 100) with { Duration = Seconds(20), IsMain = true },
            ],
            Bars =
            [
                P95("users", 5000), new("users: share accepted", r => 1 - r.Phase("users")?.ErrorShare(), 0.99, AtLeast: true),
                NoErrors("twenty-five"), NoErrors("fifty"),
            ],
            Limits = [KnownLimits.FileCopy],
            Earlier = "never run; single uploads 10 to 25 MB/s",
        },
        new("upload-100mb", "One user, then ten at once, upload 100 MB each")
        {
            Prepare = UploadWorkload.Largest,
            LargestFile = 100 * Megabyte,
            Phases =
            [
                new("one", Seconds(10), 1) { Think = ThinkTime.None, IsMain = true }, new("ten", Seconds(10), 10) { Think = ThinkTime.None, Sampled = true },
            ],
            Bars =
            [
                NoErrors("one"), NoErrors("ten"),
                new("MB by which the API grows with ten at once", r => r.Phase("ten")?.Growth?.GetValueOrDefault("api") is { } api ? api.MostMb - api.BeforeMb : null, 32, Strict: true),
                new(
                    "times a copy with fsync and SHA-256", r => 100 * r.PerSecond / r.Limits?.GetValueOrDefault(KnownLimits.FileCopy), 0.5, AtLeast: true),
            ],
            Limits = [KnownLimits.FileCopy],
            Earlier = "10 to 25 MB/s",
        },
    ];

    private const int PairCount = 5;

    /// <summary>Pages of text and of files in turn, so that what else the machine does falls on both.</summary>
    private static IEnumerable<Phase> Pairs => Enumerable.Range(1, PairCount).SelectMany(n => (Phase[])
        [new($"text {n}", Seconds(6), 60) { OfText = true }, new($"files {n}", Seconds(6), 60)]);

    private static Bar FromMemory => new("links from memory, share", r => r.LinksFromMemory, 0.99, AtLeast: true);

    private static Bar AsText => new("server CPU a page, times that of a page of text, median of the pairs", TimesText, 1.5);

    private static double? TimesText(RunResult result)
    {
        double[] times =
        [
            .. Enumerable.Range(1, PairCount)
                .Select(n => result.Phase($"files {n}")?.ServerCpuMsPerCall / result.Phase($"text {n}")?.ServerCpuMsPerCall)
                .OfType<double>().Order(),
        ];
        return times.Length == 0 ? null : times[times.Length / 2];
    }

    /// <summary>
    /// Links lead to a bucket. Pages only name them, so no bucket has to be there. A window of ten seconds, so that several end while it runs: with
    /// the worker stopped, pages sign what it would have.
    /// </summary>
    private static Scenario OnS3(string name, Func<Preparation, CancellationToken, Task<Workload>> prepare) => new(
        name, "As the one without S3, with links to a bucket that are renewed every ten seconds; alone: by the pages, with the worker stopped")
    {
        Prepare = prepare,
        Phases = [WarmUp(60), new("users", Seconds(30), 60)],
        Bars = [P95("users", 50), NoErrors("users"), FromMemory],
        Settings =
        [
            "--Files:S3:Bucket=chat", "--Files:S3:Endpoint=http://127.0.0.1:9", "--Files:S3:AccessKey=load", "--Files:S3:SecretKey=load",
            "--Files:LinkWindow=00:00:10",
        ],
    };

    private static Phase AtCapacity => new("capacity", Seconds(10), 60) { Think = ThinkTime.None, Judged = false };

    private static Phase Uploading(string name, int users) => new(name, Seconds(10), users) { Think = ThinkTime.FromSeconds(1, 3) };
}
