using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Chat.Data.Files;
using Npgsql;

namespace Chat.Api.Files;

/// <summary>
/// Takes the bytes of an upload from a request to the store, hashing as they come, with one buffer whatever the size. What is on disk for good is
/// written down as it grows, so that an upload goes on from there whatever was killed.
/// </summary>
internal sealed class UploadReceiver(IFileStore store, UploadFinish finish, TimeProvider time)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Between two syncs, at most: what a resume may have to send again.</summary>
    private const long SaveEveryBytes = 16 * 1024 * 1024;

    /// <summary>Also of a slow body, so that the lease is kept.</summary>
    private static readonly TimeSpan SaveEvery = UploadLease.Length / 4;

    /// <param name="checksum">Of this body; what does not match it is dropped.</param>
    /// <param name="sizeIsBound">The declared size is only the most there may be: the end of the body is the end of the file.</param>
    /// <exception cref="FileStoreException">The store is full or away. What was saved before is kept.</exception>
    /// <exception cref="IOException">The body broke off. What came is saved.</exception>
    public async Task<ReceiveOutcome> ReceiveAsync(
        UploadLease lease, Stream body, BodyChecksum? checksum, bool sizeIsBound, CancellationToken cancellationToken)
    {
        var pass = new Pass(lease, checksum) { SavedAt = time.GetTimestamp() };
        try
        {
            await using (var bytes = await store.OpenUploadAsync(lease.Upload.Id, pass.At, cancellationToken))
            {
                if (bytes is null)
                {
                    return new ReceiveOutcome.Taken();
                }

                if (!await CopyAsync(pass, body, bytes, sizeIsBound, cancellationToken))
                {
                    return new ReceiveOutcome.Ended();
                }

                if (checksum?.Matches() == false)
                {
                    return new ReceiveOutcome.Mismatch();
                }

                if (pass.At > lease.Upload.Size)
                {
                    return new ReceiveOutcome.TooLarge();
                }

                await bytes.FlushAsync(CancellationToken.None);
                pass.Saved = pass.At;
            }

            pass.BrokeOff?.Throw();
            return pass.At == lease.Upload.Size || sizeIsBound ? await FinishAsync(pass) : new ReceiveOutcome.Progress(pass.At);
        }
        finally
        {
            await ReleaseAsync(pass);
        }
    }

    /// <returns>False: the upload was ended meanwhile, or another writes to it.</returns>
    private async Task<bool> CopyAsync(Pass pass, Stream body, IUploadBytes bytes, bool sizeIsBound, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // One byte past the end tells a body that is too long.
            for (var left = Left(); left > 0; left = Left())
            {
                var read = await ReadAsync(pass, body, buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                if (read == 0)
                {
                    break;
                }

                pass.Add(buffer.AsSpan(0, read));
                await bytes.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
                if (pass.At - pass.Saved >= SaveEveryBytes || time.GetElapsedTime(pass.SavedAt) >= SaveEvery)
                {
                    if (!await SaveAsync(pass, bytes))
                    {
                        return false;
                    }
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        long Left() => pass.Lease.Upload.Size - pass.At + (sizeIsBound ? 1 : 0);
    }

    private static async ValueTask<int> ReadAsync(Pass pass, Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            pass.BrokeOff = ExceptionDispatchInfo.Capture(e);
            return 0;
        }
    }

    private async Task<bool> SaveAsync(Pass pass, IUploadBytes bytes)
    {
        if (pass.Checksum is null)
        {
            await bytes.FlushAsync(CancellationToken.None);
            pass.Saved = pass.At;
        }

        pass.SavedAt = time.GetTimestamp();
        return await pass.Lease.SaveAsync(pass.Saved, goOn: true, CancellationToken.None);
    }

    private async Task<ReceiveOutcome> FinishAsync(Pass pass)
    {
        var file = await finish.RunAsync(pass.Lease, pass.At, pass.Hash?.GetHashAndReset());
        pass.Settled = file is not null;
        return file is null ? new ReceiveOutcome.Ended() : new ReceiveOutcome.Finished(file);
    }

    /// <summary>Where the database is away the lease ends by itself, and the offset stays what was saved last.</summary>
    private static async Task ReleaseAsync(Pass pass)
    {
        try
        {
            if (!pass.Settled)
            {
                await pass.Lease.SaveAsync(pass.Saved, goOn: false, CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // Whatever failed before says more.
        }
    }

    private sealed class Pass(UploadLease lease, BodyChecksum? checksum)
    {
        public UploadLease Lease => lease;

        public BodyChecksum? Checksum => checksum;

        /// <summary>Only from the first byte on: its state cannot be kept between requests.</summary>
        public IncrementalHash? Hash { get; } = lease.Upload.Received == 0 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

        public long At { get; private set; } = lease.Upload.Received;

        public long Saved { get; set; } = lease.Upload.Received;

        public long SavedAt { get; set; }

        public ExceptionDispatchInfo? BrokeOff { get; set; }

        public bool Settled { get; set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            At += bytes.Length;
            Hash?.AppendData(bytes);
            checksum?.Add(bytes);
        }
    }
}
