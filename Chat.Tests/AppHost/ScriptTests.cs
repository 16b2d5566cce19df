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
        var (exitCode, output) = await RunAsync(script, path: With());

        Assert.Equal(1, exitCode);
        Assert.Equal("The .NET SDK is missing. Install .NET 10: https://dot.net/download", output.Trim());
    }

    [Theory]
    [InlineData("run.sh")]
    [InlineData("test.sh")]
    public async Task Without_Node_one_sentence_says_what_it_is_for_and_what_to_install(string script)
    {
        var (exitCode, output) = await RunAsync(script, path: With("dotnet"));

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "Node.js is missing or older than 20; the web client is built with it. Install Node.js 20 or later: https://nodejs.org/download", output.Trim());
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

    /// <summary>A folder with the usual programs and these, and no others.</summary>
    private static string With(params string[] programs)
    {
        var directory = TemporaryDirectory.Create();
        foreach (var program in (string[])["bash", "dirname", "sed", "env", .. programs])
        {
            File.CreateSymbolicLink(Path.Combine(directory, program), Path.Combine(FolderOf(program), program));
        }

        return directory;
    }

    private static string FolderOf(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').First(folder => File.Exists(Path.Combine(folder, program)));

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
