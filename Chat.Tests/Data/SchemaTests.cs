using System.Diagnostics;
using System.Text.RegularExpressions;
using Chat.Tests.Support;
using Npgsql;

namespace Chat.Tests.Data;

/// <summary>
/// The committed schema.sql is what the migrations make, so that a review sees what a migration does. To write it anew:
/// <c>UPDATE_SCHEMA=1 dotnet test --filter Schema</c>.
/// </summary>
[Collection(ChatCollection.Name)]
public sealed partial class SchemaTests(ChatApplication chat)
{
    private static readonly string Committed = Path.Combine(Repository.Root, "Chat.Data/schema.sql");

    [Fact]
    public async Task The_committed_schema_is_what_the_migrations_make()
    {
        var made = await DumpAsync();
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            await File.WriteAllTextAsync(Committed, made);
        }

        Assert.Equal(await File.ReadAllTextAsync(Committed), made);
    }

    [Theory]
    [InlineData("statement_timeout", "10s")]
    [InlineData("lock_timeout", "2s")]
    [InlineData("idle_in_transaction_session_timeout", "5s")]
    [InlineData("plan_cache_mode", "force_custom_plan")]
    [InlineData("jit", "off")]
    public async Task The_application_role_has_its_settings_through_the_pooler(string setting, string value)
    {
        await using var database = NpgsqlDataSource.Create(await chat.ConnectionStringAsync("pgbouncer"));
        await using var show = database.CreateCommand($"select current_setting('{setting}')");

        Assert.Equal(value, await show.ExecuteScalarAsync());
    }

    private async Task<string> DumpAsync()
    {
        var to = new NpgsqlConnectionStringBuilder(await chat.ConnectionStringAsync("postgres"));
        string[] arguments =
        [
            // The functions are the statements once more.
            "--schema-only", "--no-owner", "--no-comments", "--exclude-schema=statements", "-h", to.Host!, "-p", $"{to.Port}", "-U", to.Username!, to.Database!,
        ];
        var start = new ProcessStartInfo("pg_dump", arguments) { RedirectStandardOutput = true };
        start.Environment["PGPASSWORD"] = to.Password;
        using var dump = Process.Start(start)!;
        var text = await dump.StandardOutput.ReadToEndAsync();
        await dump.WaitForExitAsync();
        Assert.Equal(0, dump.ExitCode);

        // What differs from one version of pg_dump to the next: comments, session settings, its own restrict tokens.
        return BlankLines().Replace(Noise().Replace(text, ""), "\n\n").Trim() + "\n";
    }

    [GeneratedRegex(@"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n", RegexOptions.Multiline)]
    private static partial Regex Noise();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
