using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Accounts;
using Chat.Tests.Support;
using StackExchange.Redis;

namespace Chat.Tests.Limits;

/// <summary>
/// An application whose limits are low enough to be reached. Every request may say whose it is by <c>X-Forwarded-For</c>, as from a trusted proxy: so
/// no test counts for another.
/// </summary>
public sealed class LimitedApplication : ChatApplication
{
    public const int SendsPerSecond = 20;
    public const int SendsBurst = 40;
    public const int SignInsBurst = 20;
    public const int AnonymousBurst = 25;
    public const int NamesBurst = 5;

    /// <summary>Also of a body's grace.</summary>
    public static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(4);

    private static int _addresses;

    protected override IReadOnlyList<string> Settings =>
    [
        .. base.Settings, "--RateLimits:Factor=1", "--RateLimits:TrustedProxies:0=127.0.0.0/8", "--RateLimits:TrustedProxies:1=::1/128",
        $"--RateLimits:Sends:PerSecond={SendsPerSecond}", $"--RateLimits:Sends:Burst={SendsBurst}",
        "--RateLimits:SignIns:PerSecond=2", $"--RateLimits:SignIns:Burst={SignInsBurst}",
        "--RateLimits:Anonymous:PerSecond=1", $"--RateLimits:Anonymous:Burst={AnonymousBurst}",
        "--RateLimits:Names:PerSecond=0.1", $"--RateLimits:Names:Burst={NamesBurst}",
        $"--Requests:Timeout={RequestTimeout}", $"--Connections:HeadTimeout={HeadTimeout}", $"--Connections:Grace={HeadTimeout}",
        "--Connections:MaxHeadBytes=4096",
    ];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await CountsAsync();
    }

    /// <summary>Waits until every replica counts in Redis: one that does not yet has a limit of its own.</summary>
    public Task CountsAsync() => Eventually.HoldsAsync(
        "every replica counts in Redis", Patience, async () => await IsCountedAsync("api") && await IsCountedAsync("api2"));

    /// <summary>Whether a sign-in there leaves its trace in Redis: 10 s of debt under the account name, and no longer.</summary>
    public async Task<bool> IsCountedAsync(string service)
    {
        using var stranger = Stranger(service);
        var name = Person.Name("nobody");
        using var answer = await stranger.PostAsJsonAsync("/api/auth/login", new LoginRequest(name, "not-the-password-1"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        try
        {
            using var redis = await RedisAsync();
            return await redis.GetDatabase().KeyTimeToLiveAsync($"chat:{{limits}}:names:{name}") is { } left && left <= TimeSpan.FromSeconds(10);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return false;
        }
    }

    public async Task<ConnectionMultiplexer> RedisAsync() =>
        await ConnectionMultiplexer.ConnectAsync($"{await ConnectionStringAsync("redis")},allowAdmin=true");

    /// <summary>A client at an address that nobody else has.</summary>
    public HttpClient Stranger(string service = "api", string? address = null)
    {
        var client = Client(service);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address ?? NewAddress());
        return client;
    }

    public static string NewAddress()
    {
        var number = Interlocked.Increment(ref _addresses);
        return $"192.0.{number / 200}.{1 + (number % 200)}";
    }
}

/// <summary>Tests that share it and leave it whole.</summary>
[CollectionDefinition(Name)]
public sealed class LimitedCollection : ICollectionFixture<LimitedApplication>
{
    public const string Name = "limited";
}
