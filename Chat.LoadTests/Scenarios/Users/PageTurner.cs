using System.Text.Json;
using Chat.Contracts;
using Chat.LoadTests.Http;
using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>Opens a conversation and pages backwards through it, up to five pages, as people who look for something; an act is a page.</summary>
/// <param name="conversation">Which one they open next.</param>
internal sealed class PageTurner(ApiClient api, Func<Guid> conversation, int limit) : IUser
{
    public const int Pages = 5;

    private Guid _open;
    private int _page;
    private long? _before;

    public async Task ActAsync(long due, Recorder recorder, CancellationToken stop)
    {
        if (_page == Pages || _before is null)
        {
            (_open, _page, _before) = (conversation(), 0, null);
        }

        var path = $"/api/conversations/{_open}/messages?limit={limit}{(_before is null ? "" : $"&before={_before}")}";
        var answer = await api.GetAsync("page", path, due, recorder, stop);
        _page++;
        _before = answer is { IsSuccess: true } read
            ? JsonSerializer.Deserialize(read.Body.Span, ContractsJson.Default.MessagePage)!.Next
            : null;
    }

    public void Dispose() => api.Dispose();
}
