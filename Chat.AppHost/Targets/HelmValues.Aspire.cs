using System.Text.RegularExpressions;
using Aspire.Hosting.Kubernetes;

namespace Chat.AppHost.Targets;

/// <summary>
/// Each parameter once in <c>values.yaml</c>. Inside a connection string Aspire refers to a parameter by the name of the
/// resource that uses it (<c>.Values.secrets.api.pg_password</c>) but writes no such value, so the string would end up
/// without its password. Such a reference is led to the resource that owns the value.
/// </summary>
internal sealed partial class HelmValues
{
    private readonly Dictionary<string, string> _owners = [];

    /// <summary>
    /// The first resource that has a parameter as the whole of a variable owns it. A value that bears the name of its
    /// variable is no parameter but the resource's own, and stays.
    /// </summary>
    public void Share(KubernetesResource kubernetes)
    {
        foreach (var variables in new[] { kubernetes.Secret?.StringData, kubernetes.ConfigMap?.Data })
        {
            foreach (var (name, value) in variables?.ToArray() ?? [])
            {
                if (Reference().Match(value) is { Success: true } reference && IsWhole(value) && reference.Groups["key"].Value != name)
                {
                    _owners.TryAdd(KeyOf(reference), reference.Groups["owner"].Value);
                }

                variables![name] = Reference().Replace(value, Lead);
            }
        }
    }

    private string Lead(Match reference) => _owners.TryGetValue(KeyOf(reference), out var owner)
        ? $".Values.{reference.Groups["section"].Value}.{owner}.{reference.Groups["key"].Value}"
        : reference.Value;

    private static string KeyOf(Match reference) => $"{reference.Groups["section"].Value}.{reference.Groups["key"].Value}";

    private static bool IsWhole(string value) => value.StartsWith("{{", StringComparison.Ordinal)
        && value.IndexOf("}}", StringComparison.Ordinal) == value.Length - 2;

    [GeneratedRegex(@"\.Values\.(?<section>secrets|config)\.(?<owner>\w+)\.(?<key>\w+)")]
    private static partial Regex Reference();
}
