using System.Net;
using System.Net.Sockets;
using Chat.Tests.Support;

namespace Chat.Tests.AppHost;

/// <summary>What the person at the terminal reads when the start fails. The exit code is 1 each time, and nothing goes on running.</summary>
public sealed class FailureTextTests
{
    [Fact]
    public async Task A_port_in_use_is_named_with_who_needs_it_and_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var host = AppHostProcess.Start($"--Ports:api={port}");

        Assert.Equal(1, await host.EndAsync());
        Assert.Contains(
            $"Port {port}, which api needs, is in use by another program. Stop that program, or choose another port with --Ports:api=<port>.",
            host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_database_password_is_told_as_the_database_tells_it()
    {
        await using var first = AppHostProcess.Start();
        await first.ReadyAsync();
        Signals.Send("INT", first.Id);
        Assert.Equal(0, await first.EndAsync());
        await using var second = AppHostProcess.StartOn(first.DataDirectory, "--Parameters:postgres-password=wrong", "--StartTimeout=00:00:08");

        Assert.Equal(1, await second.EndAsync());
        Assert.Matches("postgres was not healthy within 8 s: 28P01: password authentication failed for user \"postgres\"", second.Output);
        Assert.DoesNotContain("=wrong", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_ends_at_start_says_why_in_its_last_lines()
    {
        await using var host = AppHostProcess.Start("--Parameters:operator-key=tooshort");

        Assert.Equal(1, await host.EndAsync());
        Assert.Matches(@"api ended with exit code \d+\. Its last lines:", host.Output);
        Assert.Contains("OperatorOptions", host.Output, StringComparison.Ordinal);
        Assert.Contains("Key", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tooshort", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_told_with_how_much_is_free_and_how_much_is_needed()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var host = AppHostProcess.StartOn(Path.Combine(disk.Path, "data"));

        Assert.Equal(1, await host.EndAsync());
        Assert.Matches(@"Only \d+ MB are free on the disk of .*/postgres; PostgreSQL needs 200 MB\.", host.Output);
    }

    [Fact]
    public async Task A_directory_that_is_no_database_is_named_with_the_way_out()
    {
        var directory = TemporaryDirectory.Create();
        Directory.CreateDirectory(Path.Combine(directory, "postgres"));
        await using var host = AppHostProcess.StartOn(directory);

        Assert.Equal(1, await host.EndAsync());
        Assert.Contains(
            $"{directory}/postgres is no PostgreSQL data directory (it has no PG_VERSION). "
            + "Put it right from a backup, or start empty with ./run.sh --fresh.",
            host.Output, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_is_told_who_has_it()
    {
        await using var first = AppHostProcess.Start();
        await first.ReadyAsync();
        await using var second = AppHostProcess.StartOn(first.DataDirectory);

        Assert.Equal(1, await second.EndAsync());
        Assert.Matches(@"PostgreSQL \(process \d+\) already runs on .*: is Chat started twice\?", second.Output);
        Assert.All(first.Resources, resource => Assert.True(Signals.Exists(resource)));
    }
}
