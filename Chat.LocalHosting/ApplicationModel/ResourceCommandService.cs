using Aspire.Hosting.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Starts, stops and restarts single resources.</summary>
public class ResourceCommandService
{
    private readonly Supervisor _supervisor;

    internal ResourceCommandService(Supervisor supervisor) => _supervisor = supervisor;

    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource.Name, commandName, cancellationToken);

    /// <summary>Runs "start", "stop" or "restart". Returns when the process has been started or has ended, not when it is healthy.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (_supervisor.Find(resourceId) is not { } runner)
        {
            return Failure($"There is no resource '{resourceId}'.");
        }

        if (commandName is not ("start" or "stop" or "restart"))
        {
            return Failure($"There is no command '{commandName}'; there are start, stop and restart.");
        }

        if (commandName is "stop" or "restart")
        {
            await runner.StopAsync(cancellationToken);
        }

        if (commandName is "start" or "restart")
        {
            return await runner.StartAsync(cancellationToken) is { } failure ? Failure(failure) : new() { Success = true };
        }

        return new() { Success = true };
    }

    private static ExecuteCommandResult Failure(string message) => new() { Success = false, Message = message };
}

public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public string? Message { get; init; }
}
