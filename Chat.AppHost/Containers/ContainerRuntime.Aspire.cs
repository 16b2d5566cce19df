using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Chat.AppHost.Containers;

/// <summary>
/// Whether containers can be started here. Aspire has no fall-back of its own: without a runtime its containers turn
/// <c>RuntimeUnhealthy</c> and everything that waits for them waits for ever, so it is asked before anything is added.
/// </summary>
internal static class ContainerRuntime
{
    // Aspire's own question. That the program is installed is not enough: its daemon must answer.
    private const string Question = "container ls -n 1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly Lazy<bool> Found = new(() => Answers("docker") || Answers("podman"));

    /// <summary>
    /// <c>Containers</c> decides where it is set (true or false); else the runtime that is named to Aspire is asked, else
    /// docker and podman, once a process. No answer within three seconds is a no.
    /// </summary>
    public static bool IsAvailable(IConfiguration configuration)
    {
        if (configuration.GetValue<bool?>("Containers") is { } decided)
        {
            return decided;
        }

        var named = configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        return string.IsNullOrEmpty(named) ? Found.Value : Answers(named);
    }

    private static bool Answers(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, Question)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (process?.WaitForExit(Patience) is true)
            {
                return process.ExitCode == 0;
            }

            process?.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false; // no such program
        }
    }
}
