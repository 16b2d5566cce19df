namespace Chat.AppHost.Containers;

internal static class PostgresContainer
{
    public static IResourceBuilder<PostgresDatabaseResource> AddPostgresContainer(
        this IDistributedApplicationBuilder builder, string name, string databaseName, IResourceBuilder<ParameterResource> password)
    {
        var server = builder.AddPostgres(name, password: password)
            .WithArgs([.. PostgresSettings.Arguments])
            .WithDataVolume(VolumeName(builder, name));
        if (Publishing.TargetOf(builder) is { } target)
        {
            // In run mode Aspire makes the database itself; once it is published, nobody does.
            server.WithEnvironment("POSTGRES_DB", databaseName);
            target.ConfigureStore(server);
        }

        return server.AddDatabase(databaseName);
    }

    /// <summary>
    /// In run mode a name kept beside the password that opens the volume: a new data directory is an empty database, and
    /// never an old one that refuses the new password.
    /// </summary>
    private static string VolumeName(IDistributedApplicationBuilder builder, string name)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return $"{name}-data";
        }

        var file = DataDirectory.PathTo(builder, $"{name}-volume");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, $"chat-{name}-{Guid.CreateVersion7():N}");
        }

        return File.ReadAllText(file);
    }
}
