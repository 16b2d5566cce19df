using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Data.Files.S3;

/// <summary>
/// How an upload stands at one offset: which parts the store has, and what comes after them. Kept as an object of its own for each offset that was
/// saved, <c>uploads/{id}/{offset}</c>: the bytes after the last part, then this as JSON, then its length in four bytes. It is never
/// changed, so that what a writer saves that was held up and has lost its lease does no harm.
/// </summary>
/// <param name="Multipart">By which the store knows the parts; null: there are none.</param>
internal sealed record SavePoint(string? Multipart, IReadOnlyList<UploadedPart> Parts)
{
    public static SavePoint Beginning { get; } = new(null, []);

    /// <summary>Stores it with what is in the spool.</summary>
    public async Task PutAsync(Bucket bucket, string key, Spool tail, CancellationToken cancellationToken)
    {
        var length = tail.Length;
        var json = JsonSerializer.SerializeToUtf8Bytes(this, SavePointJson.Default.SavePoint);
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, json.Length);
        try
        {
            await tail.WriteAsync(json, cancellationToken);
            await tail.WriteAsync(size, cancellationToken);
            await using var content = tail.Read();
            await bucket.PutAsync(key, content, cancellationToken);
        }
        finally
        {
            tail.Cut(length);
        }
    }

    /// <returns>Null where there is none; else the spool has what came after the last part.</returns>
    public static async Task<SavePoint?> GetAsync(Bucket bucket, string key, Spool tail, CancellationToken cancellationToken)
    {
        await using var stored = await bucket.GetAsync(key, cancellationToken);
        if (stored is null)
        {
            return null;
        }

        tail.Cut(0);
        await tail.TakeAsync(stored, cancellationToken);
        await using var content = tail.Read();
        var size = new byte[4];
        content.Position = tail.Length - size.Length;
        await content.ReadExactlyAsync(size, cancellationToken);
        var json = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
        content.Position = tail.Length - size.Length - json.Length;
        await content.ReadExactlyAsync(json, cancellationToken);
        tail.Cut(tail.Length - size.Length - json.Length);
        return JsonSerializer.Deserialize(json, SavePointJson.Default.SavePoint);
    }
}

[JsonSerializable(typeof(SavePoint))]
internal sealed partial class SavePointJson : JsonSerializerContext;
