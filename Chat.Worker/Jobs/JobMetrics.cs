using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Chat.Worker.Jobs;

/// <summary>The meter and the span source of all jobs.</summary>
internal static class JobMetrics
{
    private const string Name = "Chat.Worker";
    private static readonly ActivitySource Source = new(Name);

    /// <summary>For what is peculiar to one job.</summary>
    public static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "chat.job.duration", unit: "s", description: "How long a pass of a job took, by job and by whether it failed.");

    private static readonly Counter<long> Items = Meter.CreateCounter<long>(
        "chat.job.items", description: "How much work the passes of a job found and did.");

    /// <summary>
    /// A root span: a pass belongs to no request. It is not exported, nor are its statements, unless <see cref="Keep"/> is called:
    /// an idle worker looks for work all the time, and would fill the dashboard with it.
    /// </summary>
    public static Activity? StartSpan(string job)
    {
        var span = Source.StartActivity($"job {job}", ActivityKind.Internal, parentId: null);
        if (span is not null)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        return span;
    }

    /// <summary>The pass found something, or failed: its span is to be exported.</summary>
    public static void Keep(Activity? span)
    {
        if (span is not null)
        {
            span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }
    }

    /// <summary>
    /// The span of one thing done in a pass, for the requests that asked for it: it continues the first one's trace and links to the
    /// others and to the pass.
    /// </summary>
    public static Activity? StartItemSpan(string name, IReadOnlyList<string> requests)
    {
        var contexts = requests.Select(r => ActivityContext.TryParse(r, null, isRemote: true, out var context) ? context : default)
            .Where(context => context != default).ToList();
        var pass = Activity.Current?.Context;
        var links = contexts.Skip(1).Concat(pass is null ? [] : [pass.Value]).Select(context => new ActivityLink(context));
        return Source.StartActivity(name, ActivityKind.Internal, contexts.FirstOrDefault(), links: links);
    }

    public static void Completed(string job, int items, TimeSpan elapsed)
    {
        var tag = new KeyValuePair<string, object?>("job", job);
        Items.Add(items, tag);
        Duration.Record(elapsed.TotalSeconds, tag);
    }

    public static void Failed(string job, Exception exception, TimeSpan elapsed) => Duration.Record(
        elapsed.TotalSeconds, new("job", job), new KeyValuePair<string, object?>("error.type", exception.GetType().FullName));
}
