using Chat.LoadTests.Scenarios;

namespace Chat.LoadTests.Results;

/// <summary>A result as a person reads it at the terminal.</summary>
internal static class Report
{
    public static void Write(TextWriter output, Scenario scenario, RunResult result)
    {
        output.WriteLine();
        output.WriteLine($"{result.Scenario}: {Words(result.Verdict)}{(result.Interrupted == true ? ", broken off" : "")}");
        foreach (var phase in result.Phases)
        {
            output.WriteLine($"  {phase.Name,-10} {phase.PerSecond,9:#,0.0}/s   {Times(phase.LatencyMs)}   errors {phase.Errors}{Reasons(phase.ErrorsByReason)}"
                + (phase.Dropped is { } dropped ? $", dropped {dropped}, late {phase.Late}" : "")
                + (phase.BuffersPerCall is { } buffers ? $", buffers a call {buffers:0.#}" : "")
                + (phase.ServerCpuMsPerCall is { } cpu ? $", server CPU a call {cpu:0.00} ms" : "")
                + (phase.ReactionsReadPerCall is { } rows ? $", reactions read a call {rows:0.#}" : "")
                + (phase.PushesPerMessage is > 0 and var pushes ? $", pushes a second and message {pushes:0.##}" : ""));
            Line("  sockets", phase.Sockets is { } open
                ? $"{open.Open:#,0} open, {open.Failed} failed, {open.Dropped} dropped, connect {Times(open.ConnectMs)}{(open.KbEach is { } kb ? $", {kb:0.0} KB each" : "")}" : null);
            Line("  silent", phase.Silent is { } silent ? $"{silent.Closed} of {silent.Count} closed, the last after {silent.LastAfterS:0.0} s" : null);
            Line("  storm", phase.Storm is { } storm
                ? $"{storm.Returned:#,0} of {storm.Lost:#,0} back and whole after {storm.WholeAfterS:0.0} s, {storm.FailedAttempts.Values.Sum():#,0} attempts failed{string.Concat(storm.FailedAttempts.Select(f => $", {f.Key} {f.Value:#,0}"))}; realtime's statements {phase.RealtimeStatements}" : null);
            Line("  browser", phase.Browser is { } page ? Words(page) : null);
            Line("  growth", phase.Growth is { } growth
                ? string.Join("; ", growth.Select(g => $"{g.Key} {g.Value.FromMb:0} to {g.Value.ToMb:0} MB, {g.Value.BeforeMb:0} before, {g.Value.MostMb:0} at most, {g.Value.FromHandles} to {g.Value.ToHandles} handles")) : null);
            foreach (var (name, load) in phase.Beside ?? new Dictionary<string, BesideResult>())
            {
                Line("  beside", $"{name} {load.Rate:0.##}/s: accepted {load.Accepted}, errors {load.Errors}{Reasons(load.ErrorsByReason)}, dropped {load.Dropped}   {Times(load.LatencyMs)}");
            }

            Line("  pushes", phase.PushMs is null ? null : $"{phase.DeliveriesPerSecond,7:#,0.0}/s   {Times(phase.PushMs)}");
        }

        Line("sockets", result.Sockets is { } sockets ? $"{sockets}, of which failed or dropped {result.SocketsDropped}" : null);
        Line("closed", result.ClosedByReason is { Count: > 0 } closed ? string.Join(", ", closed.Select(c => $"{c.Key} {c.Value:0}")) : null);
        Line("ledger", result.Ledger is { } l
            ? $"due {l.Due}, received {l.Received}, lost {l.Lost}, doubled {l.Doubled}, reordered {l.Reordered}, late {l.Late}, wrong {l.Wrong}" : null);
        Line("clicks", result.Clicks is { } c
            ? $"known {c.Known}, stored {c.Stored}, wrong {c.Wrong}, differing {c.Differing}, queued {c.Queued}" : null);
        Line("limits", result.Limits is { } limits
            ? string.Join("; ", limits.Select(limit => $"{limit.Key} {limit.Value:#,0}/s, ratio {result.Ratio(limit.Key):0.###}")) : null);
        Line("links", result.LinksFromMemory is { } hits ? $"{hits:0.0000} of those on a page from memory, {result.LinksSigned:#,0} signed by pages" : null);
        Line("resources", result.Resources is { } use
            ? string.Join("; ", use.Select(p => $"{p.Key} {p.Value.CpuS:0.0} s, {p.Value.RssMb:0} MB")) : null);
        foreach (var (name, times) in (result.Statements ?? new Dictionary<string, StatementTimes>()).OrderByDescending(s => s.Value.Calls * s.Value.MeanMs).Take(5))
        {
            Line("statement", $"{name}: {times.Calls} calls, mean {times.MeanMs:0.00} ms, p95 {times.P95Ms:0.0} ms");
        }

        foreach (var bar in result.Bars)
        {
            output.WriteLine($"  {(bar.Met ? "met    " : "NOT MET")}  {bar.Name}: {(bar.Value is { } value ? $"{value:#,0.##}" : "not measured")}, must be {bar.Bar}");
        }

        Line("rate limits", result.Environment.RateLimits);
        Line("earlier", scenario.Earlier);
        foreach (var note in result.Notes ?? [])
        {
            Line("note", note);
        }

        void Line(string what, string? text)
        {
            if (text is not null)
            {
                output.WriteLine($"  {what,-10} {text}");
            }
        }
    }

    private static string Reasons(IReadOnlyDictionary<string, long>? reasons) =>
        reasons is null ? "" : $" ({string.Join(", ", reasons.Select(r => $"{r.Key}: {r.Value}"))})";

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Fine => "fine",
        Verdict.SlowsDown => "slows down",
        _ => "crashes",
    };

    private static string Times(Latencies? t) => t is null ? "" : $"p50 {t.P50:0.0}  p95 {t.P95:0.0}  p99 {t.P99:0.0}  p99.9 {t.P999:0.0}  max {t.Max:0.0} ms";

    private static string Words(BrowserResult page) => string.Join(", ", new[]
    {
        page.LcpMs is { } lcp ? $"LCP {lcp:0} ms" : null,
        page.FilesKb is { } files ? $"files {files:0.0} KB" : null,
        page.DataKb is { } data ? $"data {data:0.0} KB" : null,
        page.Fps is { } fps ? $"{fps:0.0} frames/s, the longest {page.LongestFrameMs:0} ms, past {page.Scrolled:#,0} messages" : null,
        page.DomNodes is { } nodes ? $"{nodes:#,0} elements" : null,
        page.HeapMb is { } heap ? $"{heap:0.0} MB" : null,
        page.InputDelayMs is { } delay ? $"input {Times(delay)}" : null,
        page.InputToPaintMs is { } paint ? $"to paint {Times(paint)}" : null,
    }.Where(part => part is not null));
}
