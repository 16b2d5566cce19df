using Chat.LoadTests.Results;
using Chat.LoadTests.Scenarios.Workloads;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Scenarios.Companions;

/// <summary>Where people read beside those who send: which rows were written in a phase.</summary>
internal sealed class RowsOfReading(Stack stack, Acknowledgements acknowledged) : ICompanion
{
    private RowCounts _rows;
    private long _before;

    public async Task BeginAsync(Phase phase, CancellationToken stop)
    {
        _before = acknowledged.Count;
        _rows = await RowCounts.ReadAsync(stack.Owner(), stop);
    }

    public async Task<PhaseResult> EndAsync(Phase phase, PhaseResult result)
    {
        if (result.Endpoints?.ContainsKey("read") != true)
        {
            return result;
        }

        var rows = await _rows.SinceAsync(stack.Owner(), acknowledged.Count - _before, CancellationToken.None);
        return result with
        {
            RowsBesideMessages = rows.Beside,
            CursorWrites = rows.Cursors,
            CursorWritesInPlace = rows.Cursors == 0 ? null : Math.Round((double)rows.CursorsInPlace / rows.Cursors, 3),
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
