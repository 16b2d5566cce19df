namespace Chat.Data.Conversations;

/// <summary>The last item of a page of conversations, after which the next begins.</summary>
/// <param name="ActiveAt">In microseconds, as exact as the database is.</param>
/// <param name="Id">Decides between conversations that were active at the same time.</param>
public readonly record struct ListCursor(DateTimeOffset ActiveAt, Guid Id)
{
    /// <summary>Before the first page.</summary>
    public static ListCursor Start { get; } = new(DateTimeOffset.MaxValue, Guid.AllBitsSet);

    public override string ToString() => OpaqueToken.Write(Id, ActiveAt.UtcTicks);

    /// <summary>False for what <see cref="ToString"/> did not make.</summary>
    public static bool TryParse(string? text, out ListCursor cursor)
    {
        if (OpaqueToken.Read(text) is var (id, ticks) && ticks >= DateTimeOffset.UnixEpoch.UtcTicks && ticks <= DateTimeOffset.MaxValue.UtcTicks)
        {
            cursor = new ListCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id);
            return true;
        }

        cursor = default;
        return false;
    }
}
