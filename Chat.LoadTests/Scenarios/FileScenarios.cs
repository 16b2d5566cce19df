using Chat.LoadTests.Limits;
using Chat.LoadTests.Measuring;
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
            Phases = [WarmUp(60), new("thirty", Seconds(15), 30), new("users", Seconds(30), 60) { IsMain = true }, AtCapacity],
            Bars = [P95("thirty", 50), P95("users", 50), NoErrors("users"), new("links from memory, share", r => r.LinksFromMemory, 0.99, AtLeast: true)],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "p50 2,878, p95 8,151 ms at 60 users",
        },
        new("media-open", "50, then 60 users open a conversation of images, 50 a page")
        {
            Prepare = ReadWorkload.MediaOpen,
            Phases = [WarmUp(60), new("fifty", Seconds(15), 50), new("users", Seconds(30), 60) { IsMain = true }, AtCapacity],
            Bars = [P95("fifty", 50), P95("users", 50), NoErrors("users"), new("links from memory, share", r => r.LinksFromMemory, 0.99, AtLeast: true)],
            Limits = [KnownLimits.BareEndpoint],
            Earlier = "50 users: p50 6,454, p95 10,038 ms",
        },
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
                new("one", Seconds(10), 1) { Think = ThinkTime.None, IsMain = true }, new("ten", Seconds(10), 10) { Think = ThinkTime.None },
            ],
            Bars =
            [
                NoErrors("one"), NoErrors("ten"),
                new(
                    "times a copy with fsync and SHA-256", r => 100 * r.PerSecond / r.Limits?.GetValueOrDefault(KnownLimits.FileCopy), 0.5, AtLeast: true),
            ],
            Limits = [KnownLimits.FileCopy],
            Earlier = "10 to 25 MB/s",
        },
    ];

    private static Phase AtCapacity => new("capacity", Seconds(10), 60) { Think = ThinkTime.None, Judged = false };

    private static Phase Uploading(string name, int users) => new(name, Seconds(10), users) { Think = ThinkTime.FromSeconds(1, 3) };
}
