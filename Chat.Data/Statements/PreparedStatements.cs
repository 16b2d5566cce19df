using System.Data;
using System.Reflection;
using Chat.Data.Migrations;
using Npgsql;

namespace Chat.Data.Statements;

/// <summary>Makes the functions that this version's statements are kept as.</summary>
public static class PreparedStatements
{
    /// <summary>Those of versions before stay, for their processes may run yet.</summary>
    private const int ForgottenAfterDays = 90;

    private static readonly PreparedStatement[] All =
    [
        .. typeof(Statement).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Statement))
            .Select(field => ((Statement)field.GetValue(null)!).Prepared)
            .OfType<PreparedStatement>(),
    ];

    /// <summary>Names of the functions that the database lacks: <see cref="DatabaseMigrator"/> makes them.</summary>
    /// <exception cref="NpgsqlException">The database could not be asked.</exception>
    public static async Task<IReadOnlyList<string>> MissingAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select function from unnest($1) as function
            where not exists (select from pg_proc join pg_namespace n on n.oid = pronamespace where nspname = '{PreparedStatement.Schema}' and proname = function)
            """);
        command.Parameters.Add(Parameter.Of(All.Select(statement => statement.Function).ToArray()));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var missing = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            missing.Add(reader.GetString(0));
        }

        return missing;
    }

    /// <summary>Makes those that are missing, and drops what no version has wanted for long. As the owner, after the migrations.</summary>
    internal static async Task CreateAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await ExecuteAsync(owner, $"""
            create schema if not exists {PreparedStatement.Schema};
            grant usage on schema {PreparedStatement.Schema} to {ApplicationRole.Name}
            """, cancellationToken);
        var missing = (await MissingAsync(owner, cancellationToken)).ToHashSet();
        foreach (var statement in All.Where(statement => missing.Contains(statement.Function)))
        {
            await ExecuteAsync(owner, statement.Definition(await ColumnsAsync(owner, statement, cancellationToken)), cancellationToken);
        }

        await ForgetAsync(owner, cancellationToken);
    }

    /// <summary>As the database describes them, without running anything.</summary>
    private static async Task<List<string>> ColumnsAsync(NpgsqlDataSource owner, PreparedStatement statement, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await using (var prepare = new NpgsqlCommand($"prepare described ({statement.Types}) as {statement.Sql}", connection))
        {
            await prepare.ExecuteNonQueryAsync(cancellationToken);
        }

        var nulls = string.Join(", ", statement.Types.Split(',').Select(_ => "null"));
        var columns = new List<string>();
        await using (var execute = new NpgsqlCommand($"execute described ({nulls})", connection))
        await using (var reader = await execute.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken))
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                columns.Add(reader.GetDataTypeName(column));
            }
        }

        await using var deallocate = new NpgsqlCommand("deallocate described", connection);
        await deallocate.ExecuteNonQueryAsync(cancellationToken);
        return columns;
    }

    /// <summary>When a function was wanted last stands in its comment.</summary>
    private static async Task ForgetAsync(NpgsqlDataSource owner, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand($"""
            select p.oid::regprocedure::text, proname = any ($1), coalesce(obj_description(p.oid, 'pg_proc'), '') = current_date::text,
                   coalesce(obj_description(p.oid, 'pg_proc')::date, current_date) < current_date - {ForgottenAfterDays}
            from pg_proc p join pg_namespace n on n.oid = pronamespace
            where nspname = '{PreparedStatement.Schema}'
            """);
        command.Parameters.Add(Parameter.Of(All.Select(statement => statement.Function).ToArray()));
        var acts = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var (function, wanted, today, old) = (reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3));
                if (wanted && !today)
                {
                    acts.Add($"do $$ begin execute format('comment on function {function} is %L', current_date::text); end $$");
                }
                else if (!wanted && old)
                {
                    acts.Add($"drop function {function}");
                }
            }
        }

        foreach (var act in acts)
        {
            await ExecuteAsync(owner, act, cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource owner, string sql, CancellationToken cancellationToken)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
