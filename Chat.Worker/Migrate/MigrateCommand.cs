using System.Security.Cryptography;
using Chat.Data.KeyRing;
using Chat.Data.Migrations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Worker.Migrate;

/// <summary>
/// <c>Chat.Worker migrate</c>: brings the database up to date by the direct connection <c>ConnectionStrings:owner</c> and ends.
/// Gives the application's role the password <c>Migrations:ApplicationPassword</c>, and makes the first of the keys that protect
/// access tokens, sealed with <c>DataProtection:Secret</c>.
/// </summary>
internal static class MigrateCommand
{
    /// <summary>Returns the exit code: 0, or 1 after saying why on standard error.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        var owner = builder.Configuration.GetConnectionString("owner");
        var password = builder.Configuration["Migrations:ApplicationPassword"];
        if (string.IsNullOrEmpty(owner) || string.IsNullOrEmpty(password))
        {
            await Console.Error.WriteLineAsync("migrate needs ConnectionStrings__owner and Migrations__ApplicationPassword.");
            return 1;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        await using var database = NpgsqlDataSource.Create(owner);
        try
        {
            await new DatabaseMigrator(database).RunAsync(password, stop.Token);
            FirstKey.Ensure(database, builder.Configuration);
            Console.WriteLine("The database is up to date.");
            return 0;
        }
        catch (NpgsqlException e)
        {
            await Console.Error.WriteLineAsync($"The database could not be brought up to date: {e.Message}");
            return 1;
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync($"DataProtection__Secret will not do: {e.Message}");
            return 1;
        }
        catch (CryptographicException)
        {
            await Console.Error.WriteLineAsync(
                "DataProtection__Secret does not open the keys in this database. Give the one they were made with; if it is lost, empty the"
                + " table data_protection_keys: access tokens end, accounts and sessions stay.");
            return 1;
        }
    }
}
