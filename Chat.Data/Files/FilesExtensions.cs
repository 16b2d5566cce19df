using Chat.Data.KeyRing;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Data.Files;

public static class FilesExtensions
{
    /// <summary>The store, and the links to what is in it. Every process that has the same folder and secret gives and takes the same.</summary>
    public static IServiceCollection AddFiles(this IServiceCollection services)
    {
        services.AddOptions<FilesOptions>().BindConfiguration(FilesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KeyRingOptions>().BindConfiguration("DataProtection").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IFileStore, LocalFileStore>();
        services.AddSingleton<FileLinks>();
        services.AddSingleton<LinkCache>();
        return services;
    }
}
