using System.Runtime.InteropServices;
using Chat.LoadTests.Results;

namespace Chat.LoadTests.Scenarios;

/// <summary>What a reader must know of the machine to compare a result with another.</summary>
internal static class MachineFacts
{
    public static RunEnvironment Read(RunOptions options) => new(
        DateTimeOffset.UtcNow, Environment.ProcessorCount, Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, options.Seed, options.Stack);
}
