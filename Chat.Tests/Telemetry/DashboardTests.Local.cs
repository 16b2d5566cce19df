using System.Net.Http.Json;
using System.Text.Json;
using Chat.Tests.Support;

namespace Chat.Tests.Telemetry;

public sealed class ChatWithDashboard : ChatApplication
{
    protected override IReadOnlyList<string> Settings => ["--Dashboard:Enabled=true"];
}

/// <summary>What the real Aspire dashboard has received, as its own API tells it.</summary>
public sealed class DashboardTests(ChatWithDashboard chat) : IClassFixture<ChatWithDashboard>
{
    private static readonly TimeSpan ExportInterval = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_trace_spans_the_request_the_database_and_Redis()
    {
        using var op = chat.Operator();
        using var answer = await op.GetAsync("/api/admin/status");
        Assert.True(answer.IsSuccessStatusCode);

        await Eventually.HoldsAsync("one trace has the request's, Npgsql's and Redis's spans", ExportInterval, async () =>
        {
            var spans = await SpansAsync();
            return spans.Where(s => s.Name == "GET /api/admin/status").Any(request =>
            {
                var trace = spans.Where(s => s.TraceId == request.TraceId).ToArray();
                return trace.Any(s => s.Scope == "Npgsql") && trace.Any(s => s.Scope == "Chat.Redis");
            });
        });
    }

    [Fact]
    public async Task A_requests_span_is_named_by_method_and_route_and_has_its_status()
    {
        using var stranger = chat.Client();
        using var answer = await stranger.GetAsync("/api/admin/database/statements?limit=3&secret=in-the-query");

        TracedSpan? request = null;
        await Eventually.HoldsAsync("the request's span has arrived", ExportInterval, async () =>
        {
            request = (await SpansAsync()).FirstOrDefault(s => s.Name == "GET /api/admin/database/statements");
            return request is not null;
        });

        Assert.Equal("401", request!.Attributes["http.response.status_code"]);
        Assert.Equal("/api/admin/database/statements", request.Attributes["http.route"]);
        Assert.DoesNotContain(request.Attributes.Values, value => value.Contains("in-the-query", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_three_services_and_each_replica_report()
    {
        using var dashboard = Dashboard();
        await Eventually.HoldsAsync("every service is known to the dashboard", ExportInterval, async () =>
        {
            var text = await dashboard.GetStringAsync("/api/telemetry/resources");
            return ChatApplication.Services.All(service => text.Contains($"\"{service}\"", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Each_services_logs_arrive()
    {
        using var dashboard = Dashboard();
        await Eventually.HoldsAsync("every service has told where it listens", ExportInterval, async () =>
        {
            var logs = await dashboard.GetFromJsonAsync<JsonElement>("/api/telemetry/logs?limit=2000");
            var listening = logs.GetProperty("data").GetProperty("resourceLogs").EnumerateArray()
                .Select(log => log.ToString()).Where(log => log.Contains("Now listening on", StringComparison.Ordinal)).ToArray();
            return ChatApplication.Services.All(service => listening.Any(log => log.Contains($"\"{service}\"", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public async Task Health_probes_leave_no_span()
    {
        using var op = chat.Operator();
        using (await op.GetAsync("/health"))
        using (await op.GetAsync("/api/admin/status"))
        {
            await Eventually.HoldsAsync("a later request's span has arrived", ExportInterval, async () =>
                (await SpansAsync()).Any(s => s.Name == "GET /api/admin/status"));
        }

        Assert.DoesNotContain(await SpansAsync(), s => s.Name.Contains("/health", StringComparison.Ordinal));
    }

    private HttpClient Dashboard() => Spans.Dashboard(chat);

    private Task<IReadOnlyList<TracedSpan>> SpansAsync() => Spans.ReadAsync(chat);
}
