using Chat.Worker.Jobs;

namespace Chat.Worker.Housekeeping;

internal static class HousekeepingExtensions
{
    /// <summary>The jobs that remove what nobody needs any more.</summary>
    public static void AddHousekeeping(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HousekeepingOptions>().BindConfiguration(HousekeepingOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddJob<CompactConversationsJob>();
        builder.Services.AddJob<CompactUserStreamsJob>();
        builder.Services.AddJob<RemoveOldSessionsJob>();
    }
}
