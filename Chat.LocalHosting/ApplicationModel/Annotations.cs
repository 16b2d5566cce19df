namespace Aspire.Hosting.ApplicationModel;

internal enum WaitKind
{
    Healthy,
    Completion,
}

internal sealed record WaitAnnotation(IResource Dependency, WaitKind Kind, int ExitCode = 0) : IResourceAnnotation;

internal sealed record HealthCheckAnnotation(string Key) : IResourceAnnotation;

internal sealed record EnvironmentAnnotation(Action<Dictionary<string, object>> Callback) : IResourceAnnotation;

internal sealed record ArgumentsAnnotation(IReadOnlyList<object> Arguments) : IResourceAnnotation;

internal sealed record ProjectAnnotation(IProjectMetadata Project) : IResourceAnnotation;
