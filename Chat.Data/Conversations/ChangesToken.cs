namespace Chat.Data.Conversations;

/// <summary>A place in a stream of changes, as clients keep it: characters that mean nothing to them.</summary>
/// <param name="Epoch">The history that the rev belongs to. A restored backup starts another, in which the same rev may be another change.</param>
/// <param name="Rev">The latest change that is known.</param>
public readonly record struct ChangesToken(Guid Epoch, long Rev)
{
    public override string ToString() => OpaqueToken.Write(Epoch, Rev);

    /// <summary>False for what <see cref="ToString"/> did not make.</summary>
    public static bool TryParse(string? text, out ChangesToken token)
    {
        var read = OpaqueToken.Read(text);
        token = read is { Number: >= 0 } place ? new ChangesToken(place.Id, place.Number) : default;
        return read is { Number: >= 0 };
    }
}
