using Chat.Data.Migrations;
using Npgsql;

namespace Chat.Worker.Migrate;

/// <summary>
/// <c>Chat.Worker migrate</c>: brings the database up to date by the direct connection <c>ConnectionStrings:owner</c> and ends.
/// Gives the application's role the password <c>Migrations:ApplicationPassword</c>.
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
            Console.WriteLine("The database is up to date.");
            return 0;
        }
        catch (NpgsqlException e)
        {
            await Console.Error.WriteLineAsync($"The database could not be brought up to date: {e.Message}");
            return 1;
        }
    }
}
