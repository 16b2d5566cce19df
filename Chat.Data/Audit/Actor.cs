using System.Diagnostics;
using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Audit;

/// <summary>Who does something that the audit log is to tell of.</summary>
/// <param name="UserId">Null: whoever has the operator key and is nobody besides.</param>
/// <param name="ByKey">By right of the operator key.</param>
public sealed record Actor(Guid? UserId, bool ByKey)
{
    public static Actor User(Guid userId) => new(userId, ByKey: false);

    /// <summary>The three parameters of <see cref="AuditRow.Insert"/>: who, whether by the key, and the trace of the request that is current.</summary>
    internal NpgsqlParameter[] Parameters =>
    [
        Parameter.OrNull(UserId, NpgsqlDbType.Uuid),
        Parameter.Of(ByKey),
        Parameter.OrNull(Activity.Current?.TraceId.ToString(), NpgsqlDbType.Text),
    ];
}
