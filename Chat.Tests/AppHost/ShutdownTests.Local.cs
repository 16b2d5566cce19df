using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.AppHost;

/// <summary>However the app host ends, nothing that it started outlives it.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan OrphanLimit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_to_end_stops_everything_in_order(string signal)
    {
        await using var host = AppHostProcess.Start();
        await host.ReadyAsync();
        var resources = host.Resources;

        Signals.Send(signal, host.Id);

        Assert.Equal(0, await host.EndAsync());
        Assert.True(resources.Length >= 6, $"Only {resources.Length} processes were started.");
        await Eventually.HoldsAsync("the watchdog has ended too", OrphanLimit, () => Task.FromResult(!resources.Any(Signals.Exists)));
        Assert.Contains("database system is shut down", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_hot_reload_pages_come_from_the_sources_and_the_kill_of_the_app_host_leaves_no_orphan()
    {
        await using var host = AppHostProcess.Start("--Web:HotReload=true");
        await host.ReadyAsync();
        var resources = host.Resources;
        using var browser = new HttpClient();
        var page = Regex.Match(host.Output, @"Chat is ready: (?<address>\S+)").Groups["address"].Value;
        Assert.Contains("/@vite/client", await browser.GetStringAsync(page), StringComparison.Ordinal);
        Assert.NotEmpty((await browser.GetFromJsonAsync($"{page}/api/client", ContractsJson.Default.ClientSettings))!.Realtime);

        Signals.Send("KILL", host.Id);

        await Eventually.HoldsAsync("all resources have ended", OrphanLimit, () => Task.FromResult(!resources.Any(Signals.Exists)));
    }

    [Fact]
    public async Task The_kill_of_dotnet_run_ends_the_app_host_and_its_resources()
    {
        var project = Path.Combine(Repository.Root, "Chat.AppHost");
        await using var host = AppHostProcess.StartUnderDotnetRun(project);
        await host.ReadyAsync();
        var resources = host.Resources;

        Signals.Send("KILL", host.Id);

        await Eventually.HoldsAsync("all resources have ended", OrphanLimit, () => Task.FromResult(!resources.Any(Signals.Exists)));
    }

    [Fact]
    public async Task A_service_that_crashes_later_is_reported_and_the_others_go_on()
    {
        await using var host = AppHostProcess.Start();
        await host.ReadyAsync();
        var worker = host.Resources.Single(pid => CommandLine(pid).Contains("Chat.Worker.dll", StringComparison.Ordinal));
        var others = host.Resources.Where(pid => pid != worker).ToArray();

        Signals.Send("KILL", worker);

        await Eventually.HoldsAsync(
            "the crash is reported", OrphanLimit,
            () => Task.FromResult(host.Output.Contains("worker ended with exit code 137.", StringComparison.Ordinal)));
        Assert.All(others, pid => Assert.True(Signals.Exists(pid)));
        Signals.Send("TERM", host.Id);
        Assert.Equal(1, await host.EndAsync());
    }

    private static string CommandLine(int pid) => File.ReadAllText($"/proc/{pid}/cmdline");
}
