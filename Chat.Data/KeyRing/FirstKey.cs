using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Chat.Data.KeyRing;

/// <summary>Made while nothing else runs: services that started together on an empty key ring would each make one, and not know the others'.</summary>
public static class FirstKey
{
    /// <param name="database">Where the keys are kept, as a role that may write there.</param>
    /// <param name="configuration">Holds the section <c>DataProtection</c>.</param>
    /// <exception cref="CryptographicException">The secret does not open the newest key there is.</exception>
    public static void Ensure(NpgsqlDataSource database, IConfiguration configuration)
    {
        using var services = new ServiceCollection().AddSingleton(configuration).AddSingleton(database).AddLogging()
            .AddKeyRing().BuildServiceProvider();
        var keys = services.GetRequiredService<IKeyManager>();
        var newest = keys.GetAllKeys().Where(k => !k.IsRevoked).MaxBy(k => k.CreationDate);
        if (newest is null)
        {
            var now = DateTimeOffset.UtcNow;
            keys.CreateNewKey(activationDate: now, expirationDate: now.AddDays(90));
        }
        else if (newest.CreateEncryptor() is null)
        {
            throw new CryptographicException("The newest key cannot be opened.");
        }
    }
}
