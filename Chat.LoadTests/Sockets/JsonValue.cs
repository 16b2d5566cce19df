using System.Text.Json;

namespace Chat.LoadTests.Sockets;

/// <summary>Steps through an object of which only some values matter. What has another type than expected is an error of the server.</summary>
internal static class JsonValue
{
    public static void Begin(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Not an object.");
        }
    }

    /// <summary>Goes to the next property of the object that the reader is in; false at its end.</summary>
    public static bool NextName(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    public static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    public static long Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)
            ? value
            : throw new JsonException("Not a number.");

    public static Guid Id(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value)
            ? value
            : throw new JsonException("Not a UUID.");

    /// <summary>The text as it stands there, escapes unresolved: for names of ours, in need of none.</summary>
    public static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.ValueSpan : throw new JsonException("Not a text.");
}
