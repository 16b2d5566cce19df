using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Files;

/// <summary>
/// Signs the links that pages are going to show, before they do: those of new files, those that somebody has begun to use, which other processes
/// have not signed yet, and, in a window's last quarter, all that were used in it anew for the next. What is lost on the way is signed by the
/// page that shows it.
/// </summary>
public static class SignAhead
{
    /// <summary>In one pass.</summary>
    public const int Max = 500;

    /// <summary>By primary key and files_thumbnail.</summary>
    private static readonly Statement Linked = new("ReadLinkedFiles", """
        select id, name, media_type from files where id = any ($1) and scan <> 'blocked'
        union all
        select thumbnail_id, 'thumbnail', thumbnail_type from files where thumbnail_id = any ($1) and scan <> 'blocked'
        """);

    /// <param name="worker">Its name among all workers: one of them signs at a time.</param>
    /// <returns>How many links were asked for or renewed.</returns>
    public static async Task<int> RunAsync(
        NpgsqlDataSource database, SharedLinks shared, ILinkSigner signer, LinkWindows windows, string worker, CancellationToken cancellationToken)
    {
        if (!await shared.LeadAsync(worker))
        {
            return 0;
        }

        var window = windows.Now;
        var wanted = await shared.WantedAsync(Max);
        if (wanted.Count > 0)
        {
            await SignAsync(database, shared, signer, window, wanted, cancellationToken);
            await shared.AnsweredAsync(window, wanted);
        }

        return wanted.Count + (windows.IsEnding(window) ? await RenewAsync(database, shared, signer, window.Next, cancellationToken) : 0);
    }

    private static async Task<int> RenewAsync(
        NpgsqlDataSource database, SharedLinks shared, ILinkSigner signer, LinkWindow next, CancellationToken cancellationToken)
    {
        var used = await shared.ToRenewAsync(next, Max);
        if (used.Count > 0)
        {
            await SignAsync(database, shared, signer, next, used, cancellationToken);
            await shared.RenewedAsync(next, used);
        }

        return used.Count;
    }

    private static async Task SignAsync(
        NpgsqlDataSource database, SharedLinks shared, ILinkSigner signer, LinkWindow window, IReadOnlyList<Guid> files,
        CancellationToken cancellationToken)
    {
        var unsigned = await shared.UnsignedAsync(window, files);
        if (unsigned.Count > 0)
        {
            var known = await Linked.QueryAsync(
                database, row => new LinkedFile(row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellationToken,
                Parameter.Of(unsigned.ToArray()));
            await shared.PutAsync(window, [.. known.Select(file => (file.Id, signer.Sign(file, window)))]);
        }
    }
}
