using Chat.LoadTests.Measuring;

namespace Chat.LoadTests.Scenarios.Users;

/// <summary>One of several at a time: another in another phase.</summary>
internal sealed class Shifting<TKey>(IReadOnlyDictionary<TKey, IUser> users, Func<TKey> turn) : IUser
    where TKey : notnull
{
    public Task ActAsync(long due, Recorder recorder, CancellationToken stop) => users[turn()].ActAsync(due, recorder, stop);

    public void Dispose()
    {
        foreach (var user in users.Values)
        {
            user.Dispose();
        }
    }
}
