using System.Security.Cryptography;
using System.Text;

namespace Chat.Data.Statements;

/// <summary>
/// A statement that the database keeps as a function. A pooler that knows no prepared statements hands each transaction another session, so every
/// statement would be parsed and planned anew, which takes longer than running most of them; the plans of a function stay in the session.
/// </summary>
/// <remarks>
/// The plan is made without the parameters' values and whatever the tables held then: by indexes and nested loops only, so that statistics of
/// empty tables do no harm. The name has the text in it, so versions of Chat that differ run beside one another.
/// </remarks>
internal sealed class PreparedStatement(string name, string sql, string types)
{
    public const string Schema = "statements";

    /// <summary>Of arrays in the parameters: longer ones are worth a plan of their own, which knows how long they are.</summary>
    public const int MaxLength = 16;

    /// <summary>As which the plan is made; of the function, so it holds for whoever calls it.</summary>
    public static readonly IReadOnlyList<string> Settings =
    [
        "plan_cache_mode = force_generic_plan", "enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off",
    ];

    private readonly string _places = string.Join(", ", Enumerable.Range(1, types.Split(',').Length).Select(n => $"${n}"));

    /// <summary>Of the parameters.</summary>
    public string Types => types;

    public string Sql => sql;

    public string Function { get; } = $"{name}_{Fingerprint($"{types} {sql} {string.Join(' ', Settings)}")}";

    public string Call => $"/* {name} */ select * from {Schema}.\"{Function}\"({_places})";

    /// <param name="columns">The types of what the statement returns.</param>
    public string Definition(IEnumerable<string> columns) => $"""
        create or replace function {Schema}."{Function}"({types}) returns table ({string.Join(", ", columns.Select((type, n) => $"c{n} {type}"))})
        language plpgsql {string.Join(' ', Settings.Select(setting => $"set {setting}"))}
        as $function$
        #variable_conflict use_column
        begin
            return query {sql};
        end
        $function$
        """;

    private static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
}
