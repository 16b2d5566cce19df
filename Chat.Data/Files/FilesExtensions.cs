using Chat.Data.Events;
using Chat.Data.Files.S3;
using Chat.Data.Files.Scanning;
using Chat.Data.KeyRing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Data.Files;

public static class FilesExtensions
{
    /// <summary>The store, and the links to what is in it. Every process that has the same folder or bucket, and the same secret, gives and takes the same.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddOptions<FilesOptions>().BindConfiguration(FilesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<FilesOptions>, FilesOptionsCheck>();
        services.AddOptions<KeyRingOptions>().BindConfiguration("DataProtection").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IFileStore>(Store);
        services.AddSingleton<FileLinks>();
        services.AddSingleton<LinkWindows>();

        // Where files are scanned, the API looks at each whether it may be had, and only then sends on to the store.
        services.AddSingleton(all => all.GetRequiredService<IOptions<FilesOptions>>().Value.Scanner is null
            && all.GetRequiredService<IFileStore>().Direct is { } direct ? direct : all.GetRequiredService<FileLinks>());
        services.AddSingleton<LinkCache>();
        services.TryAddSingleton<EventSubscriber>();
        services.AddSingleton<SharedLinks>();
        services.AddHostedService<FilesAnnouncement>();
        services.AddHealthChecks().AddCheck<ScannerHealthCheck>("scanner");
        return services;
    }

    private static IFileStore Store(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<FilesOptions>>();
        if (options.Value.S3.Bucket is null)
        {
            return new LocalFileStore(options);
        }

        var bucket = new Bucket(options.Value.S3);
        return new S3FileStore(bucket, new S3Links(options.Value.S3, bucket.Credentials));
    }
}

/// <summary>What no annotation can say.</summary>
internal sealed class FilesOptionsCheck : IValidateOptions<FilesOptions>
{
    public ValidateOptionsResult Validate(string? name, FilesOptions options) =>
        (options.S3.Refuse(options) ?? options.RefuseScanner()) is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
}
