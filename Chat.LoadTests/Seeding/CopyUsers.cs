using System.Buffers.Text;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace Chat.LoadTests.Seeding;

/// <summary>Writes people and a session for each as the application would have.</summary>
internal static class CopyUsers
{
    // A refresh token, as Chat.Data/Accounts/RefreshToken.cs has it; a test holds the two together.
    private const int FamilyBytes = 16;
    private const int OwnBytes = 32;

    public static async Task<IReadOnlyList<TestUser>> RunAsync(
        NpgsqlDataSource owner, string prefix, int count, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var secrets = Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetBytes(FamilyBytes + OwnBytes)).ToArray();
        var users = secrets.Select((secret, n) => new TestUser(
            Guid.CreateVersion7(), $"{prefix}{n + 1}", $"{Names.Of(random)} {n + 1}", Base64Url.EncodeToString(secret))).ToArray();

        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CopyAccountsAsync(connection, users, cancellationToken);
        await CopySessionsAsync(connection, users, secrets, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await using var analyze = new NpgsqlCommand("analyze users, sessions", connection);
        await analyze.ExecuteNonQueryAsync(cancellationToken);
        return users;
    }

    private static async Task CopyAccountsAsync(NpgsqlConnection connection, TestUser[] users, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy users (id, user_name, normalized_user_name, display_name, security_stamp, concurrency_stamp) from stdin (format binary)",
            cancellationToken);
        foreach (var user in users)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(user.Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(user.UserName, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(user.UserName.ToUpperInvariant(), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(user.DisplayName, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync($"{Guid.NewGuid():n}", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync($"{Guid.NewGuid()}", NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopySessionsAsync(
        NpgsqlConnection connection, TestUser[] users, byte[][] secrets, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy sessions (id, user_id, family_hash, refresh_hash, user_agent) from stdin (format binary)", cancellationToken);
        for (var n = 0; n < users.Length; n++)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(users[n].Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(SHA256.HashData(secrets[n].AsSpan(0, FamilyBytes)), NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(SHA256.HashData(secrets[n]), NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync("Chat.LoadTests", NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
