using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an app host's own entry point for a test: it goes as far as <c>Build()</c>, where the test gets the builder, goes on
/// when the test builds, and then rests until the test is over.
/// </summary>
internal sealed class EntryPointRun(Assembly assembly)
{
    private static readonly AsyncLocal<EntryPointRun?> Running = new();
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _mayBuild = new(0);

    public static EntryPointRun? Current => Running.Value;

    public Assembly Assembly => assembly;

    public Task Ended => _ended.Task;

    public Task<DistributedApplicationBuilder> StartAsync(string[] args)
    {
        var entryPoint = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly} has no entry point.");
        new Thread(() =>
        {
            Running.Value = this;
            try
            {
                entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? null : [args]);
                _builder.TrySetException(new InvalidOperationException("The app host's entry point returned before it built anything."));
            }
            catch (TargetInvocationException e)
            {
                _builder.TrySetException(e.InnerException!);
                _application.TrySetException(e.InnerException!);
            }
        })
        { IsBackground = true, Name = "app host entry point" }.Start();
        return _builder.Task;
    }

    /// <summary>Called by the entry point: blocks it until the test builds or ends.</summary>
    public DistributedApplication PauseAtBuild(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _mayBuild.Wait();
        if (Ended.IsCompleted)
        {
            throw new OperationCanceledException("The test ended without building the application.");
        }

        try
        {
            var application = builder.BuildNow();
            _application.TrySetResult(application);
            return application;
        }
        catch (Exception e)
        {
            _application.TrySetException(e);
            ExceptionDispatchInfo.Throw(e);
            throw;
        }
    }

    public Task<DistributedApplication> BuildAsync()
    {
        _mayBuild.Release();
        return _application.Task;
    }

    public void End()
    {
        _ended.TrySetResult();
        _mayBuild.Release();
    }
}
