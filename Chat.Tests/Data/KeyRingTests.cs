using System.Net;
using System.Security.Cryptography;
using Chat.Data.KeyRing;
using Chat.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Tests.Data;

[Collection(ChatCollection.Name)]
public sealed class KeyRingTests(ChatApplication chat)
{
    [Fact]
    public async Task The_services_all_use_the_one_key_that_migrate_made()
    {
        using var here = await Person.RegisterAsync(chat);
        using var there = await Person.RegisterAsync(chat, service: "api2");

        Assert.Equal(HttpStatusCode.OK, await here.ReachAsync(chat: chat, service: "api2"));
        Assert.Equal(HttpStatusCode.OK, await there.ReachAsync(chat: chat, service: "api"));
        await using var database = await chat.OwnerAsync();
        Assert.Single(await KeysAsync(database));
    }

    [Fact]
    public async Task No_key_lies_open_in_the_database()
    {
        await using var database = await chat.OwnerAsync();

        var key = Assert.Single(await KeysAsync(database));

        Assert.Contains("<sealedKey", key, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_migration_makes_no_second_key()
    {
        await using var database = await chat.OwnerAsync();

        FirstKey.Ensure(database, Configuration(await chat.KeyRingSecretAsync()));

        Assert.Single(await KeysAsync(database));
    }

    [Fact]
    public async Task A_secret_that_does_not_open_the_keys_stops_the_migration_and_makes_no_key()
    {
        await using var database = await chat.OwnerAsync();

        Assert.ThrowsAny<CryptographicException>(() => FirstKey.Ensure(database, Configuration(new string('x', 32))));
        Assert.Throws<OptionsValidationException>(() => FirstKey.Ensure(database, Configuration("too short")));

        Assert.Single(await KeysAsync(database));
    }

    private static IConfiguration Configuration(string secret) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("DataProtection:Secret", secret)]).Build();

    private static async Task<List<string>> KeysAsync(NpgsqlDataSource database)
    {
        await using var read = database.CreateCommand("select xml from data_protection_keys");
        await using var reader = await read.ExecuteReaderAsync();
        var keys = new List<string>();
        while (await reader.ReadAsync())
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }
}
