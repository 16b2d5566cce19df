using System.Diagnostics;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Messages;
using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;
using Chat.LoadTests.Scenarios.Workloads;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>
/// Comes back to a conversation again and again, each time as if they had not been there since. After a while away they ask for what has
/// changed, a page an act, as clients do that show a page before they ask for the next. Of five times one is after long: told so, they
/// load the latest page instead.
/// </summary>
internal sealed class Returner(ApiClient api, Absence absence, int pageSize, Random random) : IUser
{
    private const string Incomplete = "incomplete";
    private readonly string _path = $"/api/conversations/{absence.ConversationId}";
    private readonly HashSet<long> _seen = [];
    private string? _since;

    public Task ActAsync(long due, Recorder recorder, CancellationToken stop) =>
        _since is null && random.Next(5) == 0 ? ReloadAsync(due, recorder, stop) : GoOnAsync(due, recorder, stop);

    public void Dispose() => api.Dispose();

    private async Task GoOnAsync(long due, Recorder recorder, CancellationToken stop)
    {
        var page = await ChangesAsync(_since ?? absence.Since, due, recorder, stop);
        if (page is null)
        {
            return;
        }

        // Each message that was missed, once: nothing else has changed.
        var expected = page.Messages.All(message => message.Seq >= absence.First && message.Seq <= absence.Last && _seen.Add(message.Seq));
        if (!expected || (page.More ? page.Messages.Count == 0 : _seen.Count != absence.Last - absence.First + 1))
        {
            recorder.Failed("changes", due, Incomplete);
        }
        else if (page.More)
        {
            _since = page.Next;
            return;
        }

        _since = null;
        _seen.Clear();
    }

    private async Task ReloadAsync(long due, Recorder recorder, CancellationToken stop)
    {
        if (await ChangesAsync(absence.LongSince, due, recorder, stop) is not { } page)
        {
            return;
        }

        due = Stopwatch.GetTimestamp();
        if (!page.Reload)
        {
            recorder.Failed("reload", due, "not advised");
        }
        else if (await api.GetAsync("reload", $"{_path}/messages?limit={pageSize}", due, recorder, stop) is { IsSuccess: true } latest
            && JsonSerializer.Deserialize(latest.Body.Span, ContractsJson.Default.MessagePage)!.LastSeq != absence.Last)
        {
            recorder.Failed("reload", due, Incomplete);
        }
    }

    private async Task<ChangePage?> ChangesAsync(string since, long due, Recorder recorder, CancellationToken stop) =>
        await api.GetAsync("changes", $"{_path}/changes?since={since}", due, recorder, stop) is { IsSuccess: true } answer
            ? JsonSerializer.Deserialize(answer.Body.Span, ContractsJson.Default.ChangePage)
            : null;
}
