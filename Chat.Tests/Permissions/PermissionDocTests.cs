using Chat.Data.Permissions;
using Chat.Tests.Support;

namespace Chat.Tests.Permissions;

public sealed class PermissionDocTests
{
    [Fact]
    public async Task The_table_in_the_docs_is_the_table_in_the_code()
    {
        var written = (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs/permissions.md"))).Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var made = PermissionTable.All.Select(p => $"| `{Camel($"{p.Action}")}` | {Show(p.Direct)} | {Show(p.Group)} | {Show(p.Channel)} | {p.Meaning} |");

        Assert.Equal(string.Join('\n', made), string.Join('\n', written));
    }

    [Fact]
    public void Every_action_is_in_the_table_once() =>
        Assert.Equal(Enum.GetValues<ConversationAction>(), PermissionTable.All.Select(permission => permission.Action));

    private static string Show(Access access) => access switch
    {
        Access.Nobody => "–",
        Access.Owners => "owners",
        Access.Admins => "owners, admins",
        Access.Members => "members",
        _ => "everybody",
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
