using System.Diagnostics;
using Chat.Tests.Support;

namespace Chat.Tests.AppHost;

/// <summary>What a person reads who calls the scripts the wrong way, or on a machine that lacks something.</summary>
public sealed class ScriptTests
{
    [Theory]
    [InlineData("run.sh")]
    [InlineData("test.sh")]
    public async Task Without_the_SDK_one_sentence_says_what_to_install(string script)
    {
        var (exitCode, output) = await RunAsync(script, path: WithoutDotnet());

        Assert.Equal(1, exitCode);
        Assert.Equal("The .NET SDK is missing. Install .NET 10: https://dot.net/download", output.Trim());
    }

    [Theory]
    [InlineData("--frehs")]
    [InlineData("fresh")]
    [InlineData("")]
    public async Task An_unknown_argument_is_named_and_nothing_is_started(string argument)
    {
        var (exitCode, output) = await RunAsync("run.sh", path: null, argument);

        Assert.Equal(1, exitCode);
        Assert.EndsWith($"Unknown argument: {argument}", output.TrimEnd('\n'), StringComparison.Ordinal);
        Assert.Contains("Usage: ./run.sh", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_given_from_any_folder()
    {
        var (exitCode, output) = await RunAsync("run.sh", path: null, "--help");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Usage: ./run.sh", output, StringComparison.Ordinal);
    }

    /// <summary>A folder with the usual programs, among which the SDK is not.</summary>
    private static string WithoutDotnet()
    {
        var directory = TemporaryDirectory.Create();
        foreach (var program in (string[])["bash", "dirname", "sed", "env"])
        {
            File.CreateSymbolicLink(Path.Combine(directory, program), $"/usr/bin/{program}");
        }

        return directory;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script, string? path, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/bash", [Path.Combine(Repository.Root, script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        if (path is not null)
        {
            start.Environment["PATH"] = path;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
