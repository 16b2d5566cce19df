using System.Security.Cryptography;
using Chat.LoadTests.Stacks;

namespace Chat.LoadTests.Seeding;

/// <summary>
/// People with accounts and sessions of their own, signed in for as long as this is not disposed of. They have no passwords:
/// hashing thousands would take minutes, and nothing but signing in needs one.
/// </summary>
internal sealed class TestUsers : IReadOnlyList<TestUser>, IAsyncDisposable
{
    private const string RunAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private readonly IReadOnlyList<TestUser> _users;
    private readonly TokenRenewal _renewal;

    private TestUsers(string prefix, IReadOnlyList<TestUser> users, TokenRenewal renewal) =>
        (Prefix, _users, _renewal) = (prefix, users, renewal);

    /// <summary>What all their user names begin with, and nobody else's.</summary>
    public string Prefix { get; }

    public int Count => _users.Count;

    /// <summary>How often a token could not be renewed before its end. Anything but 0 spoils a run.</summary>
    public int Lapsed => _renewal.Lapsed;

    public TestUser this[int index] => _users[index];

    /// <summary>Writes them to the database and signs them in at the API.</summary>
    /// <exception cref="CannotRunException">The database is not known, or the API does not sign them in.</exception>
    public static async Task<TestUsers> CreateAsync(Stack stack, int count, int seed, CancellationToken cancellationToken)
    {
        var prefix = $"load-{RandomNumberGenerator.GetString(RunAlphabet, 8)}-";
        var users = await CopyUsers.RunAsync(stack.Owner(), prefix, count, seed, cancellationToken);
        var signIns = new SignIns(stack.Api);
        await signIns.RefreshAllAsync(users, cancellationToken);
        return new TestUsers(prefix, users, TokenRenewal.Start(signIns, users));
    }

    public IEnumerator<TestUser> GetEnumerator() => _users.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public ValueTask DisposeAsync() => _renewal.DisposeAsync();
}
