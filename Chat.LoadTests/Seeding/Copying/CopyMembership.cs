using Npgsql;
using NpgsqlTypes;

namespace Chat.LoadTests.Seeding.Copying;

/// <summary>The conversations themselves, and who is in them.</summary>
internal static class CopyMembership
{
    private const int FirstMembers = 5;
    private const int PreviewLength = 200;

    /// <summary>Until the worker first looks after the changes of what was seeded: it would remove most of a million while the rest is measured.</summary>
    private static readonly TimeSpan Untouched = TimeSpan.FromHours(6);

    public static async Task RunAsync(NpgsqlConnection connection, IReadOnlyList<History> histories, CancellationToken cancellationToken)
    {
        await CopyConversationsAsync(connection, histories, cancellationToken);
        await CopyMembersAsync(connection, histories, cancellationToken);
    }

    private static async Task CopyConversationsAsync(
        NpgsqlConnection connection, IReadOnlyList<History> histories, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy conversations (id, kind, title, created_at, last_seq, last_rev, membership_version, member_count, first_member_ids,
                active_at, compact_at, last_sender_id, last_kind, last_text) from stdin (format binary)
            """, cancellationToken);
        foreach (var history in histories)
        {
            var members = history.Plan.Members;
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(history.Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync("group", NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(history.Plan.Title, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(history.CreatedAt, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(history.LastSeq, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(history.LastRev, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(members.Count, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(
                members.Select(m => m.Id).Order().Take(FirstMembers).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(history.ActiveAt, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(DateTimeOffset.UtcNow + Untouched, NpgsqlDbType.TimestampTz, cancellationToken);
            if (history.Last is var (sender, said))
            {
                await copy.WriteAsync(sender, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(Column.Of(said.Kind), NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(Beginning(said.Text), NpgsqlDbType.Text, cancellationToken);
            }
            else
            {
                await copy.WriteNullAsync(cancellationToken);
                await copy.WriteNullAsync(cancellationToken);
                await copy.WriteNullAsync(cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopyMembersAsync(
        NpgsqlConnection connection, IReadOnlyList<History> histories, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy members (conversation_id, user_id, role, joined_at, read_seq, delivered_seq) from stdin (format binary)", cancellationToken);
        foreach (var history in histories)
        {
            for (var n = 0; n < history.Plan.Members.Count; n++)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(history.Id, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(history.Plan.Members[n].Id, NpgsqlDbType.Uuid, cancellationToken);
                await copy.WriteAsync(n == 0 ? "owner" : "member", NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(history.CreatedAt, NpgsqlDbType.TimestampTz, cancellationToken);
                await copy.WriteAsync(history.LastOwnSeq(n), NpgsqlDbType.Bigint, cancellationToken);
                await copy.WriteAsync(history.LastOwnSeq(n), NpgsqlDbType.Bigint, cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>As the database cuts it: by characters, of which one outside the basic plane is two of ours.</summary>
    private static string Beginning(string text) =>
        text.Length <= PreviewLength ? text : string.Concat(text.EnumerateRunes().Take(PreviewLength));
}
