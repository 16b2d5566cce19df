using System.Xml.Linq;
using Chat.Tests.Support;

namespace Chat.Tests.Architecture;

/// <summary>Who may reference whom: docs/architecture.md.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Chat.Contracts"] = [],
        ["Chat.LocalHosting"] = [],
        ["Chat.ServiceDefaults"] = [],
        ["Chat.Data"] = ["Chat.Contracts"],
        ["Chat.Api"] = ["Chat.Data", "Chat.ServiceDefaults"],
        ["Chat.Realtime"] = ["Chat.Data", "Chat.ServiceDefaults"],
        ["Chat.Worker"] = ["Chat.Data", "Chat.ServiceDefaults"],
        ["Chat.Client"] = ["Chat.Contracts"],
        ["Chat.LoadTests"] = ["Chat.Contracts"],
        ["Chat.AppHost"] = ["Chat.Api", "Chat.Realtime", "Chat.Worker", "Chat.LocalHosting"],
        ["Chat.Tests"] =
        [
            "Chat.AppHost", "Chat.LocalHosting", "Chat.ServiceDefaults", "Chat.Contracts", "Chat.Data", "Chat.Realtime", "Chat.Worker",
            "Chat.LoadTests", "Chat.Client",
        ],
    };

    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} has no row in the table of allowed references.");
        Assert.Empty(ReferencesOf(project).Except(Allowed[project]));
    }

    [Fact]
    public void Contracts_depend_on_no_package() => Assert.Empty(
        Elements("Chat.Contracts", "PackageReference").Concat(Elements("Chat.Contracts", "FrameworkReference")));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Chat.sln"));
        Assert.All(Allowed.Keys, project => Assert.Contains($"{project}.csproj", solution, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        Elements(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<string> Elements(string project, string name) =>
        XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj")).Descendants(name)
            .Select(element => element.Attribute("Include")!.Value);
}
