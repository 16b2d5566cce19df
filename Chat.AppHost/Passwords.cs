using System.Security.Cryptography;

namespace Chat.AppHost;

internal static class Passwords
{
    private const int Length = 32;
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>
    /// A secret parameter: <c>Parameters:{name}</c> where configured; in run mode otherwise made once and kept beside the data
    /// it opens, so that the two are lost, moved and emptied together. When publishing it is the operator's to give.
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddPassword(this IDistributedApplicationBuilder builder, string name) =>
        builder.ExecutionContext.IsPublishMode
            ? builder.AddParameter(name, secret: true)
            : builder.AddParameter(name, () => builder.Configuration[$"Parameters:{name}"] ?? Kept(builder, name), secret: true);

    private static string Kept(IDistributedApplicationBuilder builder, string name)
    {
        var file = DataDirectory.PathTo(builder, name);
        if (!File.Exists(file))
        {
            // Letters and digits only: they need no quoting in a connection string, an INI file or a shell.
            using var stream = new FileStream(file, OnlyMine);
            using var writer = new StreamWriter(stream);
            writer.Write(RandomNumberGenerator.GetString(Alphabet, Length));
        }

        return File.ReadAllText(file);
    }

    private static FileStreamOptions OnlyMine
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return options;
        }
    }
}
