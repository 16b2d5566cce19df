using System.Text.Json;

namespace Chat.LoadTests.Sockets;

/// <summary>Of the events in docs/realtime.md, those that are told apart here.</summary>
internal enum PushKind
{
    MessageSent,
    MessageChanged,
    Other,
}

/// <summary>What is needed of an event that was pushed. <paramref name="ClientId"/> is empty where no message comes with it.</summary>
internal readonly record struct Push(PushKind Kind, Guid ConversationId, long Rev, long Seq, Guid ClientId)
{
    /// <summary>Reads no further than it must: the hub writes what is needed before the message's text.</summary>
    /// <exception cref="JsonException">It is no event.</exception>
    public static Push Read(ReadOnlySpan<byte> json)
    {
        var push = new Push(PushKind.Other, default, 0, 0, default);
        var reader = new Utf8JsonReader(json);
        JsonValue.Begin(ref reader);
        while (!push.IsWhole && JsonValue.NextName(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
            {
                push = push with { Kind = ReadKind(ref reader) };
            }
            else if (reader.ValueTextEquals("conversationId"u8))
            {
                push = push with { ConversationId = JsonValue.Id(ref reader) };
            }
            else if (reader.ValueTextEquals("rev"u8))
            {
                push = push with { Rev = JsonValue.Number(ref reader) };
            }
            else if (reader.ValueTextEquals("seq"u8))
            {
                push = push with { Seq = JsonValue.Number(ref reader) };
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                push = push with { ClientId = ReadClientId(ref reader, push) };
            }
            else
            {
                JsonValue.Skip(ref reader);
            }
        }

        return push;
    }

    private bool IsWhole => ClientId != default && Seq != 0 && Rev != 0 && ConversationId != default && Kind != PushKind.Other;

    private static PushKind ReadKind(ref Utf8JsonReader reader)
    {
        JsonValue.Text(ref reader);
        return reader.ValueTextEquals("messageSent"u8) ? PushKind.MessageSent
            : reader.ValueTextEquals("messageChanged"u8) ? PushKind.MessageChanged
            : PushKind.Other;
    }

    private static Guid ReadClientId(ref Utf8JsonReader reader, Push push)
    {
        Guid id = default;
        JsonValue.Begin(ref reader);
        while (JsonValue.NextName(ref reader))
        {
            if (!reader.ValueTextEquals("clientId"u8))
            {
                JsonValue.Skip(ref reader);
                continue;
            }

            id = JsonValue.Id(ref reader);
            if ((push with { ClientId = id }).IsWhole)
            {
                break;
            }
        }

        return id;
    }
}
