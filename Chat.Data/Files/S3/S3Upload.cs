namespace Chat.Data.Files.S3;

/// <summary>
/// An upload to S3: as soon as there are 8 MB they go there as a part. What was saved is there all of it, less than a part beside its save point,
/// so that any replica goes on. On the way through it takes a file of 8 MB, and no memory.
/// </summary>
internal sealed class S3Upload(Bucket bucket, Guid id, long offset, SavePoint at, Spool spool) : IUploadBytes
{
    private const long PartBytes = 8 * 1024 * 1024;

    /// <summary>The store takes no smaller one but the last.</summary>
    private const long SmallestPart = 5 * 1024 * 1024;

    private readonly List<UploadedPart> _parts = [.. at.Parts];
    private readonly Queue<long> _saved = new([offset]);
    private string? _multipart = at.Multipart;
    private long _at = offset;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (bytes.Length > 0)
            {
                var some = bytes[..(int)Math.Min(bytes.Length, PartBytes - spool.Length)];
                await spool.WriteAsync(some, cancellationToken);
                bytes = bytes[some.Length..];
                _at += some.Length;
                if (spool.Length == PartBytes)
                {
                    await PutPartAsync(cancellationToken);
                }
            }
        }
        catch (IOException e)
        {
            throw new FileStoreException("There is no room for what is on its way to the object store.", e);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (spool.Length >= SmallestPart)
        {
            await PutPartAsync(cancellationToken);
        }

        await new SavePoint(_multipart, _parts).PutAsync(bucket, S3Keys.SavePoint(id, _at), spool, cancellationToken);
        if (_saved.Contains(_at))
        {
            return;
        }

        // The one before may be where the database says the upload stands.
        _saved.Enqueue(_at);
        while (_saved.Count > 2)
        {
            await bucket.DeleteAsync(S3Keys.SavePoint(id, _saved.Dequeue()), cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => spool.DisposeAsync();

    private async Task PutPartAsync(CancellationToken cancellationToken)
    {
        _multipart ??= await BeginAsync(cancellationToken);
        await using (var content = spool.Read())
        {
            _parts.Add(await bucket.PutPartAsync(S3Keys.File(id), _multipart, _parts.Count + 1, content, cancellationToken));
        }

        spool.Cut(0);
    }

    /// <summary>Which one it is stands beside the save points, so that it can be aborted whatever is killed.</summary>
    private async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var multipart = await bucket.BeginMultipartAsync(S3Keys.File(id), cancellationToken);
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(multipart));
        await bucket.PutAsync(S3Keys.Multipart(id), content, cancellationToken);
        return multipart;
    }
}
