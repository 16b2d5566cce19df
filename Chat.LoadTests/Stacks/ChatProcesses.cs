namespace Chat.LoadTests.Stacks;

/// <summary>Tells which of the processes below an app host is what.</summary>
internal static class ChatProcesses
{
    private static readonly string[] ServiceAssemblies = ["Chat.Api.dll", "Chat.Realtime.dll", "Chat.Worker.dll"];

    /// <summary>
    /// The app host under "apphost", services under the names of their replicas ("api", "api2", …), stores under "postgres",
    /// "pgbouncer" and "redis". What a store's first process has started belongs to it.
    /// </summary>
    public static IEnumerable<NamedProcess> Find(int root)
    {
        var found = new HashSet<string>();
        var waiting = new Queue<int>([root]);
        var children = ProcFile.All().ToLookup(pid => ProcFile.StatOf(pid)?.ParentId);
        while (waiting.TryDequeue(out var pid))
        {
            var name = NameOf(pid);
            if (name is not null && found.Add(name))
            {
                yield return new NamedProcess(name, pid);
            }

            if (name is null or "apphost")
            {
                foreach (var child in children[pid])
                {
                    waiting.Enqueue(child);
                }
            }
        }
    }

    private static string? NameOf(int pid)
    {
        var command = ProcFile.CommandLineOf(pid) ?? "";
        if (command.StartsWith("dotnet", StringComparison.Ordinal) && command.Contains("Chat.AppHost.dll", StringComparison.Ordinal))
        {
            return "apphost";
        }

        if (ServiceAssemblies.Any(assembly => command.Contains(assembly, StringComparison.Ordinal)))
        {
            return ProcFile.VariableOf(pid, "OTEL_SERVICE_NAME");
        }

        return ProcFile.NameOf(pid) switch
        {
            "postgres" => "postgres",
            "pgbouncer" => "pgbouncer",
            "redis-server" => "redis",
            _ => null,
        };
    }
}

/// <summary>A process under the name that the result has for it. What it starts is counted with it, unless named itself.</summary>
internal sealed record NamedProcess(string Name, int Id);
