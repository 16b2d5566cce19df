using Npgsql;
using NpgsqlTypes;

namespace Chat.Data.Statements;

/// <summary>Positional parameters, without boxing and with the type that the value has; null needs the type said.</summary>
internal static class Parameter
{
    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlParameter OfNumber(int? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter OfText(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
