using System.CommandLine;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Commands;

/// <summary>The options by which every command says what is under load.</summary>
internal sealed class StackOptions
{
    private const string Local = "local";
    private const int MaxReplicas = 16;

    private readonly Option<string> _stack = new("--stack")
    {
        Description = "local: a private one, started and removed. Else the addresses of every replica of the API: http://…,http://…",
        DefaultValueFactory = _ => Local,
    };

    private readonly Option<int?> _replicas = new("--replicas")
    {
        Description = "How many replicas of the API and of the realtime service a local stack has; else as the scenario has it, or one.",
    };

    private readonly Option<RateLimits?> _rateLimits = new("--rate-limits")
    {
        Description = "Whether a local stack limits how often one may ask: off, on, or high (on, and never reached). Default: off, but for the scenario flood.",
    };

    private readonly Option<string?> _realtime = new("--realtime") { Description = "The addresses of every replica of the realtime service." };

    private readonly Option<string?> _owner = FromEnvironment("--owner", "CHAT_OWNER", "Connection string of the database, as its owner");

    private readonly Option<string?> _pooled = FromEnvironment("--pooled", "CHAT_POOLED", "Connection string of PgBouncer, as the application");

    private readonly Option<string?> _redis = FromEnvironment("--redis", "CHAT_REDIS", "host:port,password=… of Redis");

    public StackOptions() => _replicas.Between(1, MaxReplicas);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_stack, _replicas, _rateLimits, _realtime, _owner, _pooled, _redis])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What is under load, for whoever reads the result.</summary>
    public string Describe(ParseResult parsed, int replicas = 1) => parsed.GetRequiredValue(_stack) is Local
        ? $"local, {parsed.GetValue(_replicas) ?? replicas} of each service"
        : parsed.GetRequiredValue(_stack);

    /// <summary>Starts the local stack, or says where the parts of the given one are. Nothing is connected to yet.</summary>
    /// <param name="replicas">Of a local stack, where the command line does not say.</param>
    /// <param name="rateLimits">Of a local stack, unless the command line says otherwise.</param>
    /// <param name="settings">What a local stack is told beside.</param>
    /// <exception cref="CannotRunException">It did not start, or an address is none.</exception>
    public async Task<Stack> OpenAsync(
        ParseResult parsed, CancellationToken cancellationToken, int replicas = 1, RateLimits rateLimits = RateLimits.Off,
        IReadOnlyList<string>? settings = null)
    {
        var stack = parsed.GetRequiredValue(_stack);
        if (stack == Local)
        {
            await Console.Error.WriteLineAsync("Starting a private stack …");
            return await LocalStack.StartAsync(
                parsed.GetValue(_replicas) ?? replicas, build: true, cancellationToken, parsed.GetValue(_rateLimits) ?? rateLimits, settings);
        }

        return new Stack
        {
            Api = Addresses(stack),
            Realtime = Addresses(parsed.GetValue(_realtime) ?? ""),
            OwnerConnection = parsed.GetValue(_owner),
            PooledConnection = parsed.GetValue(_pooled),
            Redis = parsed.GetValue(_redis) is { } redis ? RedisAddress.Parse(redis) : null,
        };
    }

    private static Uri[] Addresses(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? uri
            : throw new CannotRunException($"'{address}' is neither '{Local}' nor an address such as http://localhost:5080."))];

    /// <summary>What holds a password may stand in the environment instead, out of sight of the process list.</summary>
    private static Option<string?> FromEnvironment(string name, string variable, string description) => new(name)
    {
        Description = $"{description}; or in the environment as {variable}.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable),
    };
}
