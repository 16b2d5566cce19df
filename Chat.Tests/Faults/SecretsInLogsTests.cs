using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;

namespace Chat.Tests.Faults;

/// <summary>Reads everything that all processes print while tokens and passwords are used, rightly and wrongly, and the database fails.</summary>
public sealed partial class SecretsInLogsTests
{
    private const string Password = "the-Secret-password-9";
    private const string WrongPassword = "a-Mistyped-password-8";

    [Fact]
    public async Task No_token_and_no_password_is_in_any_log()
    {
        await using var host = AppHostProcess.Start();
        await host.ReadyAsync();
        var (api, realtime) = (Address().Match(host.Output).Groups["api"].Value, Address().Match(host.Output).Groups["realtime"].Value);
        using var client = new HttpClient { BaseAddress = new Uri(api) };
        var name = Person.Name("secretive");

        var signIn = await SignInAsync(client, "register", new RegisterRequest(name, Password));
        var again = await SignInAsync(client, "refresh", new RefreshRequest(signIn.RefreshToken));
        await client.PostAsJsonAsync("/api/auth/login", new LoginRequest(name, WrongPassword));
        await client.PostAsJsonAsync("/api/auth/login", new { userName = name, password = new[] { WrongPassword } });
        await client.GetAsync($"/api/users/me?access_token={signIn.AccessToken}");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", again.AccessToken);
        await client.GetAsync("/api/users/me");
        await client.PostAsJsonAsync("/api/auth/register", new RegisterRequest(name, Password));
        await client.GetAsync($"{realtime}/hub?id=x&access_token={again.AccessToken}");
        Signals.Send("KILL", host.Resources.First(IsPgBouncer));
        await client.PostAsJsonAsync("/api/auth/login", new LoginRequest(name, Password));
        await client.PostAsJsonAsync("/api/auth/refresh", new RefreshRequest(again.RefreshToken));

        await Eventually.HoldsAsync(
            "the outage is logged", TimeSpan.FromSeconds(10),
            () => Task.FromResult(host.Output.Contains("because of the database", StringComparison.Ordinal)));
        foreach (var secret in new[] { Password, WrongPassword, signIn.AccessToken, signIn.RefreshToken, again.AccessToken, again.RefreshToken })
        {
            Assert.DoesNotContain(secret[..20], host.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(secret[^20..], host.Output, StringComparison.Ordinal);
        }
    }

    private static async Task<SignIn> SignInAsync<T>(HttpClient client, string how, T request)
    {
        using var answer = await client.PostAsJsonAsync($"/api/auth/{how}", request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SignIn>())!;
    }

    private static bool IsPgBouncer(int process) =>
        File.ReadAllText($"/proc/{process}/cmdline").Split('\0')[0].EndsWith("pgbouncer", StringComparison.Ordinal);

    [GeneratedRegex(@"API\s+(?<api>http\S+)\s.*?Realtime\s+(?<realtime>http\S+)", RegexOptions.Singleline)]
    private static partial Regex Address();
}
