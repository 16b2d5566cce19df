using Chat.Data.Events;
using Chat.Data.Files;
using Chat.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Chat.Tests.Data;

/// <summary>Links that the worker signs ahead, over processes that share a Redis: who signs what, counted.</summary>
[Collection(ChatCollection.Name)]
public sealed class LinkCacheTests(ChatApplication chat)
{
    /// <summary>The middle of a window of an hour.</summary>
    private static readonly DateTimeOffset Middle = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 3600 * 3600).AddMinutes(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_new_or_in_use_is_signed_by_the_worker_for_all_and_before_the_window_ends_for_the_next(bool onS3)
    {
        using var sender = await Person.RegisterAsync(chat, "sender");
        var (used, fresh, idle) = (Linked(await sender.Client.UploadAsync([1])), Linked(await sender.Client.UploadAsync([2])), Linked(await sender.Client.UploadAsync([3])));
        var time = new SetTime(Middle);
        await using var first = await Process.StartAsync(chat, time, onS3);
        await using var second = await Process.StartAsync(chat, time, onS3);
        await using var worker = await Process.StartAsync(chat, time, onS3);

        var link = first.Links.Of(used).Url;
        first.Links.Want(fresh.Id);
        await Eventually.HoldsAsync("both have both", ChatApplication.Patience, async () =>
            await worker.WorkAsync() >= 0 && second.Heard.Contains(used.Id) && second.Heard.Contains(fresh.Id));
        Assert.Equal((link, 1, 0), (second.Links.Of(used).Url, first.Signed, second.Signed));
        Assert.Equal((second.Links.Of(fresh), 0), (first.Links.Of(fresh), second.Signed));
        Assert.Equal(1, first.Signed);

        await using var late = await Process.StartAsync(chat, time, onS3);
        await Eventually.HoldsAsync("who starts late has them too", ChatApplication.Patience, () => Task.FromResult(late.Heard.Contains(used.Id)));
        Assert.Equal((link, 0), (late.Links.Of(used).Url, late.Signed));

        time.Now = Middle.AddMinutes(25);
        first.Heard.Clear();
        await Eventually.HoldsAsync("renewed", ChatApplication.Patience, async () =>
            await worker.WorkAsync() >= 0 && first.Heard.Contains(used.Id) && first.Heard.Contains(fresh.Id));
        time.Now = Middle.AddMinutes(31);
        var (next, expiry) = first.Links.Of(used);
        Assert.Equal((next, expiry), second.Links.Of(used));
        Assert.NotEqual(link, next);
        Assert.Equal((Middle.AddMinutes(150), 1, 0), (expiry, first.Signed, second.Signed));
        Assert.DoesNotContain(idle.Id, first.Heard);
    }

    [Fact]
    public async Task Without_Redis_and_without_a_worker_links_are_the_same_and_nobody_waits()
    {
        var time = new SetTime(Middle);
        var file = new LinkedFile(Guid.NewGuid(), "a.png", "image/png");
        await using var alone = await Process.StartAsync(chat, time, onS3: true, redis: "127.0.0.1:1,abortConnect=false,connectTimeout=100");
        await using var connected = await Process.StartAsync(chat, time, onS3: true);

        Assert.Equal(connected.Links.Of(file), alone.Links.Of(file));
        Assert.Equal(alone.Links.Of(file), alone.Links.Of(file));
        Assert.Equal((1, 1), (alone.Signed, connected.Signed));
    }

    [Fact]
    public void What_another_process_tells_is_read_as_it_was_written_and_other_bytes_are_passed_over()
    {
        var links = new SignedLinks(5, [(Guid.NewGuid(), "/a"), (Guid.NewGuid(), "https://b/ü")]);

        var read = SignedLinks.TryRead(links.Write())!;

        Assert.Equal((5, links.Links[0], links.Links[1]), (read.Expires, read.Links[0], read.Links[1]));
        Assert.Null(SignedLinks.TryRead([1, 2, 3]));
        Assert.Null(SignedLinks.TryRead([.. new byte[8], 255, 255, 255, 127, 1]));
    }

    private static LinkedFile Linked(Chat.Contracts.Files.StoredFile file) => new(file.Id, file.Name, file.MediaType);

    /// <summary>An API process, or a worker, as far as links go.</summary>
    private sealed class Process : IAsyncDisposable
    {
        /// <summary>The same for all, so that none waits for another test's lease to end.</summary>
        private const string Name = "tests";

        private readonly ServiceProvider _services;
        private readonly Counting _signer;

        private Process(ServiceProvider services) => (_services, _signer) = (services, (Counting)services.GetRequiredService<ILinkSigner>());

        public LinkCache Links => _services.GetRequiredService<LinkCache>();

        public int Signed => _signer.Count;

        /// <summary>Of which files links came from elsewhere.</summary>
        public System.Collections.Concurrent.ConcurrentBag<Guid> Heard { get; } = [];

        public static async Task<Process> StartAsync(ChatApplication chat, SetTime time, bool onS3, string? redis = null)
        {
            var settings = new Dictionary<string, string?> { ["Files:Directory"] = "unused", ["Files:LinksAhead"] = "true", ["DataProtection:Secret"] = new string('s', 32) };
            if (onS3)
            {
                settings["Files:S3:Bucket"] = "b";
                settings["Files:S3:Endpoint"] = "http://s3:9000";
                settings["Files:S3:AccessKey"] = settings["Files:S3:SecretKey"] = "key";
            }

            var options = ConfigurationOptions.Parse(redis ?? await chat.ConnectionStringAsync("redis"));
            options.AbortOnConnectFail = false;
            var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time)
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
                .AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(options))
                .AddSingleton(await chat.OwnerAsync()).AddSingleton<EventPublisher>().AddFiles()
                .AddSingleton<LinkSharing>();
            var signer = services.Last(service => service.ServiceType == typeof(ILinkSigner));
            services.AddSingleton<ILinkSigner>(all => new Counting((ILinkSigner)signer.ImplementationFactory!(all)));
            var process = new Process(services.BuildServiceProvider());
            var shared = process._services.GetRequiredService<SharedLinks>();
            if (redis is null)
            {
                await shared.HearAsync(process.Hear);
                var windows = process._services.GetRequiredService<LinkWindows>();
                await process._services.GetRequiredService<LinkSharing>().StartAsync(default);
                await shared.LoadAsync(windows.Now, process.Hear);
            }
            else
            {
                await process._services.GetRequiredService<LinkSharing>().StartAsync(default);
            }

            return process;
        }

        public Task<int> WorkAsync() => SignAhead.RunAsync(
            _services.GetRequiredService<NpgsqlDataSource>(), _services.GetRequiredService<SharedLinks>(), _signer,
            _services.GetRequiredService<LinkWindows>(), Name, default);

        public async ValueTask DisposeAsync()
        {
            await _services.GetRequiredService<LinkSharing>().StopAsync(default);
            await _services.DisposeAsync();
        }

        private void Hear(SignedLinks signed)
        {
            foreach (var (id, url) in signed.Links)
            {
                Links.Keep(signed.Expires, id, url);
                Heard.Add(id);
            }
        }
    }

    private sealed class Counting(ILinkSigner signer) : ILinkSigner
    {
        private int _count;

        public int Count => _count;

        public bool IsDear => signer.IsDear;

        public string? Origin => signer.Origin;

        public string Sign(in LinkedFile file, LinkWindow window)
        {
            Interlocked.Increment(ref _count);
            return signer.Sign(file, window);
        }
    }

    /// <summary>Shows the hour that it is told; timers run as ever.</summary>
    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
