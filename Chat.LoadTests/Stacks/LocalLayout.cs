namespace Chat.LoadTests.Stacks;

/// <summary>Where the parts of a private stack are to be: its ports, and the directory with its data and passwords.</summary>
internal sealed record LocalLayout(
    string Directory, IReadOnlyList<string> Services, IReadOnlyDictionary<string, int> Ports, int Replicas)
{
    private static readonly string[] Stores = ["postgres", "pgbouncer", "redis"];

    /// <summary>The folder that holds Chat.sln.</summary>
    public static string Repository { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string RunScript => Path.Combine(Repository, "run.sh");

    public IReadOnlyList<Uri> Api => AddressesOf("api");

    public IReadOnlyList<Uri> Realtime => AddressesOf("realtime");

    public string OwnerConnection =>
        $"Host=localhost;Port={Ports["postgres"]};Username=postgres;Password={Password("postgres-password")};Database=chat";

    /// <summary>As the services have it: PgBouncer keeps no state of a connection between transactions.</summary>
    public string PooledConnection =>
        $"Host=localhost;Port={Ports["pgbouncer"]};Username=chat;Password={Password("chat-password")};Database=chat;"
        + "No Reset On Close=true;Max Auto Prepare=0";

    public RedisAddress Redis => new("localhost", Ports["redis"], Password("redis-password"));

    /// <summary>
    /// For <c>run.sh</c>. Processes rather than containers, because their use of the processor is read from /proc. The passwords
    /// are made by the app host beside the data and read from there, so that they stand in no process list. One user stands for many, so
    /// how much one may upload is not what is measured.
    /// </summary>
    public IEnumerable<string> Arguments =>
    [
        "--no-dashboard", "--Containers=false", $"--DataDirectory={DataDirectory}", $"--Replicas:api={Replicas}",
        $"--Replicas:realtime={Replicas}", "--Files:UploadsPerMinute=100000", "--Files:QuotaMiB=10000000", .. Ports.Select(port => $"--Ports:{port.Key}={port.Value}"),
    ];

    private string DataDirectory => Path.Combine(Directory, "data");

    public static LocalLayout Choose(HeldPorts ports, int replicas)
    {
        var services = (string[])[.. NamesOf("api", replicas), .. NamesOf("realtime", replicas), "worker"];
        return new LocalLayout(NewDirectory(), services, services.Concat(Stores).ToDictionary(name => name, _ => ports.Take()), replicas);
    }

    private static IEnumerable<string> NamesOf(string service, int replicas) =>
        Enumerable.Range(1, replicas).Select(n => n == 1 ? service : $"{service}{n}");

    private Uri[] AddressesOf(string service) =>
        [.. NamesOf(service, Replicas).Select(name => new Uri($"http://localhost:{Ports[name]}"))];

    private string Password(string name) => File.ReadAllText(Path.Combine(DataDirectory, name));

    /// <summary>On a real disk, where fsync costs what it costs, and open to the database's own user.</summary>
    private static string NewDirectory()
    {
        var usual = Path.GetTempPath();
        var parent = new DriveInfo(usual).DriveFormat == "tmpfs" ? "/var/tmp" : usual;
        var directory = System.IO.Directory.CreateDirectory(Path.Combine(parent, $"chat-load-{Guid.NewGuid():n}"));
        if (!OperatingSystem.IsWindows())
        {
            directory.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        return directory.FullName;
    }

    private static string Find(DirectoryInfo from) =>
        File.Exists(Path.Combine(from.FullName, "Chat.sln"))
            ? from.FullName
            : Find(from.Parent ?? throw new CannotRunException("--stack local needs the sources: Chat.sln is in no folder above this program."));
}
