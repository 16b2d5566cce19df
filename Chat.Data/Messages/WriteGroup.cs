namespace Chat.Data.Messages;

/// <summary>
/// Collects writes that are to be committed together: at most <see cref="MessageWriter.MaxBatch"/>, and of one message one change, for one
/// statement changes a row once.
/// </summary>
internal sealed class WriteGroup
{
    private readonly List<PendingWrite> _writes = new(MessageWriter.MaxBatch);
    private readonly HashSet<(Guid, long)> _targets = [];

    /// <returns>False: it begins the next group.</returns>
    public bool TryAdd(PendingWrite write)
    {
        if (_writes.Count == MessageWriter.MaxBatch || (write is PendingChange change && !_targets.Add(change.Target)))
        {
            return false;
        }

        _writes.Add(write);
        return true;
    }

    /// <summary>What was collected, in its order; afterwards there is nothing.</summary>
    public PendingWrite[] Take()
    {
        PendingWrite[] all = [.. _writes];
        _writes.Clear();
        _targets.Clear();
        return all;
    }
}
