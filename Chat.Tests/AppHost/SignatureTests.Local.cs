using Aspire.Hosting;
using Chat.Tests.Support;

namespace Chat.Tests.AppHost;

/// <summary>Chat.LocalHosting invents nothing: what compiles against it compiles against Aspire.</summary>
public sealed class SignatureTests
{
    [Fact]
    public void Every_public_member_of_LocalHosting_is_one_of_Aspires()
    {
        var aspire = File.ReadLines(Path.Combine(Repository.Root, "Chat.Tests/AppHost/aspire-13.5-signatures.txt")).ToHashSet();
        var local = typeof(DistributedApplication).Assembly.GetExportedTypes().SelectMany(PublicSignatures.Of).ToArray();

        Assert.True(local.Length > 100, $"Only {local.Length} members were found.");
        Assert.Empty(local.Except(aspire));
    }
}
