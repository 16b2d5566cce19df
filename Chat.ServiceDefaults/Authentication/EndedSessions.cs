namespace Chat.ServiceDefaults.Authentication;

/// <summary>
/// Sessions that ended a short while ago, whose access tokens this process takes no longer. In memory only: the control channel
/// fills it, and whoever missed the news forgets the token when it expires.
/// </summary>
public sealed class EndedSessions(TimeProvider time)
{
    /// <summary>
    /// At the most; a process that hears of more forgets the oldest, whose tokens then live out their ten minutes. 100,000 take 10 MB.
    /// </summary>
    public const int Capacity = 100_000;

    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _sessions = [];
    private readonly Queue<(Guid Session, DateTimeOffset Until)> _oldestFirst = new();

    /// <summary>From now on tokens of the session are refused. Adding it again changes nothing.</summary>
    public void Add(Guid sessionId)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_oldestFirst.TryPeek(out var oldest) && (oldest.Until <= now || _oldestFirst.Count >= Capacity))
            {
                _sessions.Remove(_oldestFirst.Dequeue().Session);
            }

            if (_sessions.Add(sessionId))
            {
                _oldestFirst.Enqueue((sessionId, now + AccessTokens.Lifetime));
            }
        }
    }

    /// <summary>May say yes for longer than needed, never less than a token's life (but see <see cref="Capacity"/>).</summary>
    public bool Contains(Guid sessionId)
    {
        lock (_lock)
        {
            return _sessions.Contains(sessionId);
        }
    }
}
