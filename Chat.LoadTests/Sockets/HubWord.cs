using System.Text.Json;

namespace Chat.LoadTests.Sockets;

/// <summary>
/// What the hub says beside pushes (docs/realtime.md), as far as the generator's sockets act on it: <c>ready</c>, <c>heads</c>,
/// <c>closing</c>. What is absent has its default.
/// </summary>
/// <param name="Heads">The latest rev of conversations; null: not said.</param>
/// <param name="CatchUpWithin">Within how much time to ask for what is missing, each client at a moment of its own.</param>
/// <param name="Code">Why the connection ends.</param>
/// <param name="Reconnect">Whether another attempt makes sense.</param>
/// <param name="After">When to connect again, counted from now; null: not said.</param>
internal sealed record HubWord(
    IReadOnlyDictionary<Guid, long>? Heads, TimeSpan CatchUpWithin, string? Code, bool Reconnect, TimeSpan? After)
{
    /// <exception cref="JsonException">It is no object, or a value is not of its type.</exception>
    public static HubWord Read(ReadOnlySpan<byte> json)
    {
        var word = new HubWord(null, TimeSpan.Zero, null, Reconnect: true, null);
        var reader = new Utf8JsonReader(json);
        JsonValue.Begin(ref reader);
        while (JsonValue.NextName(ref reader))
        {
            if (reader.ValueTextEquals("heads"u8))
            {
                word = word with { Heads = ReadHeads(ref reader) };
            }
            else if (reader.ValueTextEquals("catchUpWithin"u8))
            {
                word = word with { CatchUpWithin = TimeSpan.FromMilliseconds(JsonValue.Number(ref reader)) };
            }
            else if (reader.ValueTextEquals("after"u8))
            {
                word = word with { After = TimeSpan.FromMilliseconds(JsonValue.Number(ref reader)) };
            }
            else if (reader.ValueTextEquals("reconnect"u8))
            {
                reader.Read();
                word = word with { Reconnect = reader.GetBoolean() };
            }
            else if (reader.ValueTextEquals("code"u8))
            {
                reader.Read();
                word = word with { Code = reader.GetString() };
            }
            else
            {
                JsonValue.Skip(ref reader);
            }
        }

        return word;
    }

    private static Dictionary<Guid, long>? ReadHeads(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var heads = new Dictionary<Guid, long>();
        while (JsonValue.NextName(ref reader))
        {
            var id = Guid.Parse(reader.GetString()!);
            heads[id] = JsonValue.Number(ref reader);
        }

        return heads;
    }
}
