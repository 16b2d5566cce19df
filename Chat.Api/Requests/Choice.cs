using System.Text.Json;

namespace Chat.Api.Requests;

/// <summary>A value of an enum in a query, by the name that it has in bodies; the framework would take it in C#'s letter case only.</summary>
internal static class Choice<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values =
        Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    public static string Names { get; } = string.Join(", ", Values.Keys);

    /// <summary>Null reads as null. False for what is none of the names.</summary>
    public static bool TryRead(string? text, out T? value)
    {
        value = text is not null && Values.TryGetValue(text, out var found) ? found : null;
        return text is null || value is not null;
    }
}
