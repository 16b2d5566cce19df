using Chat.Data.Statements;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Schedule;

/// <summary>
/// When each recurring job is due, shared by all workers: a due job is done by whichever claims it first. A claim is a lease;
/// a worker that dies leaves the job to the others once the lease has run out.
/// </summary>
public sealed class JobSchedule(NpgsqlDataSource database)
{
    private static readonly Statement ClaimSchedule = new("ClaimSchedule", """
        with due as (
            select name from schedule where name = $1 and due_at <= clock_timestamp() for update skip locked
        )
        update schedule set due_at = clock_timestamp() + $2, claims = claims + 1
        from due where schedule.name = due.name
        returning claims
        """);

    private static readonly Statement CompleteSchedule = new("CompleteSchedule", """
        update schedule set due_at = clock_timestamp() + $3 where name = $1 and claims = $2
        """);

    private static readonly Statement AddSchedule = new("AddSchedule", """
        insert into schedule (name) values ($1) on conflict do nothing
        """);

    /// <summary>Makes the job known; due at once where it was not known before.</summary>
    public Task AddAsync(string job, CancellationToken cancellationToken) =>
        AddSchedule.ExecuteAsync(database, cancellationToken, new NpgsqlParameter { Value = job });

    /// <summary>Returns the claim's number, or null when the job is not due or another worker has it.</summary>
    public async Task<long?> ClaimAsync(string job, TimeSpan lease, CancellationToken cancellationToken)
    {
        var claims = await ClaimSchedule.QueryAsync(
            database, row => row.GetInt64(0), cancellationToken, new NpgsqlParameter { Value = job }, Interval(lease));
        return claims.Count == 0 ? null : claims[0];
    }

    /// <summary>Sets when the job is due again. A claim whose lease ran out and was taken over changes nothing.</summary>
    public Task CompleteAsync(string job, long claim, TimeSpan dueIn, CancellationToken cancellationToken) =>
        CompleteSchedule.ExecuteAsync(
            database, cancellationToken, new NpgsqlParameter { Value = job }, new NpgsqlParameter { Value = claim }, Interval(dueIn));

    private static NpgsqlParameter Interval(TimeSpan value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Interval };
}
