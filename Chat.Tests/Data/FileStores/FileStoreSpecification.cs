using Chat.Data.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Data.FileStores;

/// <summary>What every store of files does: <see cref="IFileStore"/>.</summary>
public abstract class FileStoreSpecification : IAsyncLifetime
{
    private ServiceProvider? _services;

    private IFileStore Store => _services!.GetRequiredService<IFileStore>();

    protected abstract Task<Dictionary<string, string?>> ConfigureAsync();

    public async Task InitializeAsync()
    {
        var configuration = await ConfigureAsync();
        configuration["DataProtection:Secret"] = new string('s', 32);
        _services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build())
            .AddSingleton(TimeProvider.System).AddFiles().BuildServiceProvider();
    }

    public virtual async Task DisposeAsync() => await _services!.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5 << 20)]
    [InlineData((8 << 20) + 1)]
    [InlineData(20 << 20)]
    public async Task What_was_written_is_there_when_it_is_sealed_and_not_before(int size)
    {
        var (id, bytes) = (Guid.CreateVersion7(), Random.Shared.GetItems<byte>([1, 2, 3, 4, 5, 6, 7], size));

        await WriteAsync(id, 0, bytes);
        var before = (await Store.SizeAsync(id, default), await Store.OpenAsync(id, default));
        await Store.SealAsync(id, size, default);
        await Store.SealAsync(id, size, default);

        Assert.Equal((null, null), before);
        Assert.Equal(size, await Store.SizeAsync(id, default));
        Assert.Equal(bytes, await ReadAsync(id));
        Assert.Equal([(id, false)], await ListedAsync(id));
    }

    [Fact]
    public async Task An_upload_goes_on_wherever_it_was_saved_and_what_was_written_beyond_is_dropped()
    {
        var (id, bytes) = (Guid.CreateVersion7(), new byte[(13 << 20) + 17]);
        Random.Shared.NextBytes(bytes);
        int[] saved = [100, 5_000_000, 5_000_001, 9 << 20, 13 << 20];

        await WriteAsync(id, 0, bytes[..saved[0]]);
        for (var n = 1; n < saved.Length; n++)
        {
            await WriteAsync(id, saved[n - 1], bytes[saved[n - 1]..saved[n]]);
            await WriteAsync(id, saved[n - 1], [1, 2, 3]);
            await WriteAsync(id, saved[n - 1], bytes[saved[n - 1]..saved[n]]);
        }

        await using (var unsaved = (await Store.OpenUploadAsync(id, saved[^1], default))!)
        {
            await unsaved.WriteAsync(new byte[9 << 20], default);
        }

        await WriteAsync(id, saved[^1], bytes[saved[^1]..]);
        await using (var upload = await Store.ReadUploadAsync(id, bytes.Length, default))
        {
            Assert.Equal(bytes, await AllAsync(upload));
        }

        await Store.SealAsync(id, bytes.Length, default);
        Assert.Equal(bytes, await ReadAsync(id));
        Assert.Equal([(id, false)], await ListedAsync(id));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9 << 20)]
    public async Task A_sealed_upload_that_is_not_known_as_a_file_yet_goes_on_all_the_same(int size)
    {
        var (id, bytes) = (Guid.CreateVersion7(), new byte[size]);
        Random.Shared.NextBytes(bytes);
        await WriteAsync(id, 0, bytes);
        await Store.SealAsync(id, size, default);

        await WriteAsync(id, size - 5, [1, 2, 3, 4, 5]);
        await Store.SealAsync(id, size, default);

        Assert.Equal([.. bytes[..^5], 1, 2, 3, 4, 5], await ReadAsync(id));
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_gone_on_with_or_sealed()
    {
        await Assert.ThrowsAsync<FileStoreException>(() => Store.OpenUploadAsync(Guid.NewGuid(), 5, default));
        await Assert.ThrowsAsync<FileStoreException>(() => Store.SealAsync(Guid.NewGuid(), 5, default));
        Assert.Null(await Store.OpenAsync(Guid.NewGuid(), default));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9 << 20)]
    public async Task An_upload_that_is_removed_leaves_nothing_nor_does_a_file_and_both_may_be_removed_again(int size)
    {
        var (upload, file) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await WriteAsync(upload, 0, new byte[size]);
        await WriteAsync(file, 0, new byte[size]);
        await Store.SealAsync(file, size, default);
        Assert.Equal([(upload, true)], await ListedAsync(upload));

        for (var time = 0; time < 2; time++)
        {
            await Store.RemoveUploadAsync(upload, default);
            await Store.RemoveAsync(file, default);
        }

        Assert.Empty(await ListedAsync(upload));
        Assert.Empty(await ListedAsync(file));
        Assert.Null(await Store.SizeAsync(file, default));
    }

    private async Task WriteAsync(Guid id, long offset, byte[] bytes)
    {
        await using var upload = (await Store.OpenUploadAsync(id, offset, default))!;
        foreach (var some in bytes.Chunk(700_001))
        {
            await upload.WriteAsync(some, default);
        }

        await upload.FlushAsync(default);
    }

    private async Task<byte[]> ReadAsync(Guid id)
    {
        await using var file = (await Store.OpenAsync(id, default))!;
        return await AllAsync(file);
    }

    private static async Task<byte[]> AllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private async Task<List<(Guid, bool)>> ListedAsync(Guid id)
    {
        var listed = new List<(Guid, bool)>();
        await foreach (var stored in Store.ListAsync(default))
        {
            if (stored.Id == id)
            {
                listed.Add((stored.Id, stored.IsUpload));
            }
        }

        return listed;
    }
}
