using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Data.KeyRing;

public static class KeyRingExtensions
{
    /// <summary>
    /// Data protection with keys in the database, sealed with <see cref="KeyRingOptions.Secret"/>: what one process protects, each
    /// other can open. Needs an <see cref="NpgsqlDataSource"/>. <c>migrate</c> makes the first key; a process makes the next one
    /// two days before it is needed, and two that do so at once do no harm.
    /// </summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services)
    {
        services.AddOptions<KeyRingOptions>().BindConfiguration("DataProtection").ValidateDataAnnotations().ValidateOnStart();
        services.AddDataProtection().SetApplicationName("Chat");
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource, IOptions<KeyRingOptions>>((keys, database, options) =>
        {
            keys.XmlRepository = new KeyStore(database);
            keys.XmlEncryptor = new KeyEncryptor(options.Value);
        });
        return services;
    }
}
