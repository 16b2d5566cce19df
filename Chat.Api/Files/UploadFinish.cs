using System.Buffers;
using System.Security.Cryptography;
using Chat.Data.Files;
using Microsoft.Extensions.Options;

namespace Chat.Api.Files;

/// <summary>Makes an upload that has all its bytes a file. May be done again after a crash.</summary>
internal sealed class UploadFinish(IFileStore store, LinkCache links, IOptions<FilesOptions> options)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>The order is the guarantee: bytes on disk, then under the file's name, then the row by which anybody can find them.</summary>
    /// <param name="sha256">Null: the bytes did not all come in one request, and are read once more.</param>
    /// <returns>Null: the upload was ended meanwhile, or is another's.</returns>
    public async Task<FileFacts?> RunAsync(UploadLease lease, long size, byte[]? sha256)
    {
        var (id, said) = (lease.Upload.Id, lease.Upload.Description);
        var head = Array.Empty<byte>();
        if (sha256 is null || !said.Encrypted)
        {
            await using var bytes = await store.ReadUploadAsync(id, size, CancellationToken.None);
            head = new byte[(int)Math.Min(MediaTypes.HeadBytes, size)];
            await bytes.ReadExactlyAsync(head);
            sha256 ??= await HashAsync(head, bytes);
        }

        var mediaType = said.Encrypted ? MediaTypes.Unknown : MediaTypes.Of(head, said.MediaType);
        await store.SealAsync(id, size, CancellationToken.None);
        var file = await lease.FinishAsync(
            size, mediaType, PictureSize.Of(head, mediaType), sha256, scan: options.Value.Scanner is not null, options.Value.KeepUnusedFor,
            CancellationToken.None);
        links.Want(id);
        return file;
    }

    private static async Task<byte[]> HashAsync(byte[] head, Stream rest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int read; (read = await rest.ReadAsync(buffer)) > 0;)
            {
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return hash.GetHashAndReset();
    }
}
