using Chat.Data.Statements;

namespace Chat.Data.Export;

/// <summary>One kind of line of an export.</summary>
/// <param name="Statement">
/// Its parameters: $1 the user; $2, $3, $4 and $5 the place where the page before ended; $6 how many. Returns a line as JSON without nulls, and
/// its place: two ids, a number and a text.
/// </param>
/// <param name="Tables">What it reads of.</param>
internal sealed record ExportSection(Statement Statement, params string[] Tables)
{
    public const string NoId = "'00000000-0000-0000-0000-000000000000'::uuid";

    /// <param name="type">The <c>type</c> of its lines.</param>
    /// <param name="fields">What a line has, as <c>json_build_object</c> takes it.</param>
    /// <param name="from">The rest of the statement: from, where, order and limit.</param>
    public static ExportSection Of(
        string type, string[] tables, string fields, string from, string first = NoId, string second = NoId, string number = "0", string text = "''") =>
        new(
            new Statement($"Export{char.ToUpperInvariant(type[0])}{type[1..]}", $"""
                select json_strip_nulls(json_build_object('type', '{type}', {fields}))::text, {first}, {second}, {number}::bigint, {text}
                {from}
                """),
            tables);

    /// <summary>A time as the API writes it.</summary>
    public static string Utc(string time) =>
        $"""case when isfinite({time}) then to_char({time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') else {time}::text end""";
}
