using System.Diagnostics;
using Chat.Tests.Support;

namespace Chat.Tests.Chaos;

/// <summary>Who was a member of a conversation at each of its membership versions, as far as it was seen. Its owner writes it.</summary>
internal sealed class MembershipBook(Guid conversation, Person owner)
{
    private readonly SortedDictionary<long, (HashSet<Guid> Members, long NotBefore)> _versions = [];

    /// <summary>Since when changes may have been made that were not seen yet.</summary>
    private long? _changing;
    private bool _unanswered;

    public Guid Conversation => conversation;

    /// <summary>Whether they are a member by the latest version that was seen.</summary>
    public bool IsMember(Guid user) => _versions.Values.Last().Members.Contains(user);

    /// <summary>
    /// Whether somebody may have heard of a change at this version: they were a member then, or had become one again when they heard, and
    /// may read it all. What is known of no version speaks against nobody.
    /// </summary>
    public bool MayHear(Guid user, long version, long heardAt) => !_versions.TryGetValue(version, out var then) || then.Members.Contains(user)
        || _versions.Any(later => later.Key > version && later.Value.NotBefore < heardAt && later.Value.Members.Contains(user));

    /// <summary>To be called before the owner changes who is a member.</summary>
    public void Changing() => _changing ??= Stopwatch.GetTimestamp();

    /// <summary>A change was not answered, so it may come to be at any later time.</summary>
    public void Unanswered() => _unanswered = true;

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
        _versions.TryAdd(version, (members, _changing ?? 0));
        _changing = _unanswered ? _changing : null;
    }
}
