using Chat.Contracts.Operations;
using Chat.Data.Audit;
using Chat.Data.Statements;
using Npgsql;

namespace Chat.Data.Export;

/// <summary>
/// The right to export one's own data, which each user has once at a time, over all replicas. It runs out by itself, so that a killed
/// process keeps nobody from theirs.
/// </summary>
public sealed class ExportLease
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    private static readonly Statement Begin = new("BeginExport", $"""
        with begun as (
            insert into exports (user_id, id, until)
            select id, $2, clock_timestamp() + $3 from users where id = $1 and deleted_at is null
            on conflict (user_id) do update set id = excluded.id, until = excluded.until where exports.until < clock_timestamp()
            returning user_id
        ), audit as (
            {AuditRow.Insert(AuditAct.DataExported, actor: 4, rows: "begun", user: "user_id")}
        )
        select user_id from begun
        """);

    private static readonly Statement Extend = new("ExtendExport", """
        update exports set until = clock_timestamp() + $3 where user_id = $1 and id = $2
        """);

    private static readonly Statement End = new("EndExport", "delete from exports where user_id = $1 and id = $2");

    private readonly NpgsqlDataSource _database;
    private readonly Guid _userId;
    private readonly Guid _id = Guid.NewGuid();
    private readonly TimeProvider _time;
    private long _extended;

    private ExportLease(NpgsqlDataSource database, Guid userId, TimeProvider time) =>
        (_database, _userId, _time, _extended) = (database, userId, time, time.GetTimestamp());

    /// <summary>Notes the export in the audit log, by the same statement.</summary>
    /// <returns>Null: the user has one already.</returns>
    public static async Task<ExportLease?> TryTakeAsync(
        NpgsqlDataSource database, Guid userId, TimeProvider time, CancellationToken cancellationToken)
    {
        var lease = new ExportLease(database, userId, time);
        var begun = await Begin.QueryAsync(
            database, row => row.GetGuid(0), cancellationToken, [.. lease.Key, Parameter.Of(Length), .. Actor.User(userId).Parameters]);
        return begun.Count == 0 ? null : lease;
    }

    /// <summary>To be called now and then; asks the database when a quarter of the time is over.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_time.GetElapsedTime(_extended) > Length / 4)
        {
            _extended = _time.GetTimestamp();
            await Extend.ExecuteAsync(_database, cancellationToken, [.. Key, Parameter.Of(Length)]);
        }
    }

    public Task EndAsync() => End.ExecuteAsync(_database, CancellationToken.None, Key);

    private NpgsqlParameter[] Key => [Parameter.Of(_userId), Parameter.Of(_id)];
}
