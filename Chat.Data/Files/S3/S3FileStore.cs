using System.Runtime.CompilerServices;

namespace Chat.Data.Files.S3;

/// <summary>
/// A bucket: <c>files/{id}</c> and, of uploads on their way, <c>uploads/{id}/…</c>. It locks nothing: that an upload has one writer is what the
/// lease in the database is for, and one that has lost it does no harm (<see cref="SavePoint"/>).
/// </summary>
internal sealed class S3FileStore(Bucket bucket, S3Links links) : IFileStore, IDisposable
{
    public ILinkSigner? Direct => links;

    public async Task<IUploadBytes?> OpenUploadAsync(Guid id, long offset, CancellationToken cancellationToken)
    {
        var spool = new Spool();
        try
        {
            var at = offset == 0 ? SavePoint.Beginning : await SavePoint.GetAsync(bucket, S3Keys.SavePoint(id, offset), spool, cancellationToken);
            return at is not null && !await IsSealedAsync(id, offset, cancellationToken)
                ? new S3Upload(bucket, id, offset, at, spool)
                : await ReopenAsync(id, offset, spool, cancellationToken);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    public async Task<Stream> ReadUploadAsync(Guid id, long size, CancellationToken cancellationToken)
    {
        await CompleteAsync(id, size, cancellationToken);
        return await OpenAsync(id, cancellationToken) ?? throw new FileStoreException("The object store has lost an upload.");
    }

    public async Task SealAsync(Guid id, long size, CancellationToken cancellationToken)
    {
        await CompleteAsync(id, size, cancellationToken);
        await ForgetAsync(id, cancellationToken);
    }

    public Task<Stream?> OpenAsync(Guid id, CancellationToken cancellationToken) => bucket.GetAsync(S3Keys.File(id), cancellationToken);

    public Task<long?> SizeAsync(Guid id, CancellationToken cancellationToken) => bucket.SizeAsync(S3Keys.File(id), cancellationToken);

    public async Task RemoveUploadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using (var marker = await bucket.GetAsync(S3Keys.Multipart(id), cancellationToken))
        {
            if (marker is not null)
            {
                using var reader = new StreamReader(marker);
                await bucket.AbortAsync(S3Keys.File(id), await reader.ReadToEndAsync(cancellationToken), cancellationToken);
            }
        }

        await ForgetAsync(id, cancellationToken);
    }

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken) => bucket.DeleteAsync(S3Keys.File(id), cancellationToken);

    public async IAsyncEnumerable<StoredBytes> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (prefix, isUpload) in new[] { (S3Keys.Uploads, true), (S3Keys.Files, false) })
        {
            var last = Guid.Empty;
            await foreach (var found in bucket.ListAsync(prefix, cancellationToken))
            {
                if (Guid.TryParseExact(found.Key[prefix.Length..].Split('/')[0], "N", out var id) && id != last)
                {
                    last = id;
                    yield return new StoredBytes(id, isUpload, found.Size ?? 0, new DateTimeOffset((found.LastModified ?? DateTime.UtcNow).ToUniversalTime()));
                }
            }
        }
    }

    public void Dispose() => bucket.Dispose();

    /// <summary>Makes the upload, as it was saved with so many bytes, an object. Done before, it is left as it is.</summary>
    private async Task CompleteAsync(Guid id, long size, CancellationToken cancellationToken)
    {
        await using var spool = new Spool();
        if (await SavePoint.GetAsync(bucket, S3Keys.SavePoint(id, size), spool, cancellationToken) is not { } at)
        {
            if (await SizeAsync(id, cancellationToken) != size)
            {
                throw new FileStoreException("There is neither upload nor file.");
            }

            return;
        }

        await using var tail = spool.Read();
        if (at.Multipart is null)
        {
            await bucket.PutAsync(S3Keys.File(id), tail, cancellationToken);
            return;
        }

        try
        {
            UploadedPart[] last = spool.Length == 0
                ? []
                : [await bucket.PutPartAsync(S3Keys.File(id), at.Multipart, at.Parts.Count + 1, tail, cancellationToken)];
            await bucket.CompleteAsync(S3Keys.File(id), at.Multipart, [.. at.Parts, .. last], cancellationToken);
        }
        catch (FileStoreException)
        {
            // Completed before: its parts are gone, and it is there.
            if (await SizeAsync(id, cancellationToken) != size)
            {
                throw;
            }
        }
    }

    /// <summary>Killed after it was sealed, and before it was known as a file.</summary>
    private async Task<bool> IsSealedAsync(Guid id, long offset, CancellationToken cancellationToken) =>
        offset > 0 && await SizeAsync(id, cancellationToken) is not null;

    /// <summary>A sealed upload is written anew from what was sealed: its one writer seals it again.</summary>
    private async Task<IUploadBytes> ReopenAsync(Guid id, long offset, Spool spool, CancellationToken cancellationToken)
    {
        await using var sealedBytes = await OpenAsync(id, cancellationToken) ?? throw new FileStoreException("Bytes of an upload are missing.");
        spool.Cut(0);
        var upload = new S3Upload(bucket, id, 0, SavePoint.Beginning, spool);
        var buffer = new byte[64 * 1024];
        for (var left = offset; left > 0;)
        {
            var read = await sealedBytes.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                throw new FileStoreException("Bytes of an upload are missing.");
            }

            await upload.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }

        // Saved under its offset before the sealed bytes go, so that it is there at every moment.
        await upload.FlushAsync(cancellationToken);
        await RemoveAsync(id, cancellationToken);
        return upload;
    }

    private async Task ForgetAsync(Guid id, CancellationToken cancellationToken)
    {
        await foreach (var found in bucket.ListAsync(S3Keys.Upload(id), cancellationToken))
        {
            await bucket.DeleteAsync(found.Key, cancellationToken);
        }
    }
}
