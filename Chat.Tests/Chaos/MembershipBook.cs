using System.Collections.Concurrent;
using Chat.Tests.Support;

namespace Chat.Tests.Chaos;

/// <summary>Who was a member of a conversation at each of its membership versions, as far as it was seen. Its owner writes it.</summary>
internal sealed class MembershipBook(Guid conversation, Person owner)
{
    private readonly ConcurrentDictionary<long, HashSet<Guid>> _members = [];

    public Guid Conversation => conversation;

    /// <summary>False only where they are known not to have been one.</summary>
    public bool MayHear(Guid user, long membershipVersion) => !_members.TryGetValue(membershipVersion, out var members) || members.Contains(user);

    /// <summary>Whether they are a member by the latest version that was seen.</summary>
    public bool IsMember(Guid user) => _members[_members.Keys.Max()].Contains(user);

    /// <summary>Reads who is a member, until it was the same version before and after.</summary>
    public async Task ReadAsync()
    {
        long version;
        HashSet<Guid> members;
        do
        {
            version = (await owner.Client.ConversationAsync(conversation)).MembershipVersion;
            members = [.. (await owner.Client.MembersAsync(conversation)).Items.Select(member => member.UserId)];
        }
        while ((await owner.Client.ConversationAsync(conversation)).MembershipVersion != version);
        _members[version] = members;
    }
}
