using Chat.Data.Events;
using Chat.Data.Redis;
using StackExchange.Redis;

namespace Chat.Data.Files;

/// <summary>
/// Links that the worker has signed ahead, in Redis, where every process finds them when it starts and hears of them from then on. All of it
/// may be lost at any time: then pages sign for themselves. Everything here fails within a second.
/// </summary>
public sealed class SharedLinks(IConnectionMultiplexer redis, EventPublisher publisher, EventSubscriber subscriber, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>The client library itself would wait for a hung Redis for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Asks the worker for links to these files.</summary>
    /// <exception cref="RedisException">Redis could not be reached.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public Task WantAsync(IReadOnlyList<Guid> files) => WaitAsync(redis.GetDatabase().SetAddAsync(RedisKeys.WantedLinks, Values(files)));

    /// <summary>Hears of links as they are signed.</summary>
    public Task HearAsync(Action<SignedLinks> handler) => subscriber.SubscribeLinksAsync(handler);

    /// <summary>All links of a window that have been signed until now.</summary>
    /// <exception cref="RedisException">Redis could not be reached.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<int> LoadAsync(LinkWindow window, Action<SignedLinks> handler)
    {
        var key = RedisKeys.SignedLinks(window.Expires);
        var ids = await WaitAsync(redis.GetDatabase().HashKeysAsync(key));
        foreach (var some in ids.Chunk(Batch))
        {
            var urls = await WaitAsync(redis.GetDatabase().HashGetAsync(key, some));
            handler(new SignedLinks(window.Expires, [.. some.Zip(urls).Where(link => link.Second.HasValue).Select(link => (Id(link.First), (string)link.Second!))]));
        }

        return ids.Length;
    }

    /// <summary>Whether this worker is the one that signs, for ten seconds from now.</summary>
    internal async Task<bool> LeadAsync(string worker)
    {
        var lease = TimeSpan.FromSeconds(10);
        var store = redis.GetDatabase();
        return await WaitAsync(store.LockTakeAsync(RedisKeys.LinkSigner, worker, lease))
            || await WaitAsync(store.LockExtendAsync(RedisKeys.LinkSigner, worker, lease));
    }

    /// <summary>Some of the files that were asked for.</summary>
    internal async Task<IReadOnlyList<Guid>> WantedAsync(int max) =>
        Ids(await WaitAsync(redis.GetDatabase().SetRandomMembersAsync(RedisKeys.WantedLinks, max)));

    /// <summary>Those of them that have no link in the window yet.</summary>
    internal async Task<IReadOnlyList<Guid>> UnsignedAsync(LinkWindow window, IReadOnlyList<Guid> files)
    {
        var urls = await WaitAsync(redis.GetDatabase().HashGetAsync(RedisKeys.SignedLinks(window.Expires), Values(files)));
        return [.. files.Where((_, n) => !urls[n].HasValue)];
    }

    /// <summary>Keeps links until no page gives them any more, and tells all who listen.</summary>
    internal async Task PutAsync(LinkWindow window, IReadOnlyList<(Guid Id, string Url)> links)
    {
        foreach (var some in links.Chunk(Batch))
        {
            var key = RedisKeys.SignedLinks(window.Expires);
            await redis.GetDatabase().HashSetAsync(key, [.. some.Select(link => new HashEntry(Value(link.Id), link.Url))]).WaitAsync(Patience, time);
            await ExpireAsync(key, window);
            await publisher.PublishLinksAsync(new SignedLinks(window.Expires, some));
        }
    }

    /// <summary>These have what they asked for, and are to be signed for the next window, too.</summary>
    internal async Task AnsweredAsync(LinkWindow window, IReadOnlyList<Guid> files)
    {
        var key = RedisKeys.LinksToRenew(window.Next.Expires);
        await WaitAsync(redis.GetDatabase().SetAddAsync(key, Values(files)));
        await ExpireAsync(key, window);
        await WaitAsync(redis.GetDatabase().SetRemoveAsync(RedisKeys.WantedLinks, Values(files)));
    }

    internal async Task<IReadOnlyList<Guid>> ToRenewAsync(LinkWindow next, int max) =>
        Ids(await WaitAsync(redis.GetDatabase().SetRandomMembersAsync(RedisKeys.LinksToRenew(next.Expires), max)));

    internal Task RenewedAsync(LinkWindow next, IReadOnlyList<Guid> files) =>
        WaitAsync(redis.GetDatabase().SetRemoveAsync(RedisKeys.LinksToRenew(next.Expires), Values(files)));

    private Task<bool> ExpireAsync(string key, LinkWindow window) =>
        WaitAsync(redis.GetDatabase().KeyExpireAsync(key, DateTimeOffset.FromUnixTimeSeconds(window.Expires) - time.GetUtcNow()));

    private Task<T> WaitAsync<T>(Task<T> command) => command.WaitAsync(Patience, time);

    private static RedisValue Value(Guid id) => id.ToByteArray(bigEndian: true);

    private static RedisValue[] Values(IReadOnlyList<Guid> ids) => [.. ids.Select(Value)];

    private static Guid Id(RedisValue value) => new(((byte[]?)value)!, bigEndian: true);

    private static Guid[] Ids(RedisValue[] values) => [.. values.Select(Id)];
}
