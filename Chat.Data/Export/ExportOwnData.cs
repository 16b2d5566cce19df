using System.Runtime.CompilerServices;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Export;

/// <summary>
/// All that is kept of one user, as lines of JSON: what the sections of <see cref="ExportSections"/> read, one after the other. Between two
/// pages no connection is held, and no more than one page is in memory. It is no snapshot: what changes meanwhile is told before or after.
/// </summary>
public static class ExportOwnData
{
    /// <summary>In one statement. A message has 10,000 characters at most: a page has some megabytes in the worst case.</summary>
    private const int PageSize = 100;

    /// <summary>The tables of which something is exported.</summary>
    public static IReadOnlyList<string> Tables { get; } = [.. ExportSections.All.SelectMany(section => section.Tables).Distinct()];

    /// <param name="lease">Kept while it lasts, and ended with it.</param>
    public static async IAsyncEnumerable<string> LinesAsync(
        NpgsqlDataSource database, Guid userId, ExportLease lease, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            var lines = 0L;
            foreach (var section in ExportSections.All)
            {
                var at = Place.Start;
                List<(string Json, Place Place)> page;
                do
                {
                    await lease.KeepAsync(cancellationToken);
                    page = await section.Statement.QueryAsync(
                        database,
                        row => (row.GetString(0), new Place(row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetString(4))),
                        cancellationToken,
                        Parameter.Of(userId), Parameter.Of(at.First), Parameter.Of(at.Second), Parameter.Of(at.Number), Parameter.Of(at.Text),
                        Parameter.Of(PageSize));
                    foreach (var (json, place) in page)
                    {
                        lines++;
                        at = place;
                        yield return json;
                    }
                }
                while (page.Count == PageSize);
            }

            yield return $$"""{"type":"end","lines":{{lines}}}""";
        }
        finally
        {
            await lease.EndAsync();
        }
    }

    /// <summary>Where a page ended, in the order of its section; parts that a section does not need are empty.</summary>
    private sealed record Place(Guid First, Guid Second, long Number, string Text)
    {
        public static Place Start { get; } = new(Guid.Empty, Guid.Empty, 0, "");
    }
}
