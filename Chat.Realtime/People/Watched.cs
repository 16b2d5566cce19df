using Chat.Contracts.Events;
using Chat.Realtime.Hub;

namespace Chat.Realtime.People;

/// <summary>Who on this node looks at whom, and what they were told last. Its size is what is on screens, not users by users.</summary>
internal sealed class Watched
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Person> _people = [];
    private readonly Dictionary<Connection, Guid[]> _watching = [];

    /// <summary>Replaces whom a connection watches. Returns those of whom nothing is known here yet.</summary>
    public IReadOnlyCollection<Guid> Watch(Connection connection, Guid[] users)
    {
        lock (_lock)
        {
            End(connection);
            if (users.Length == 0 || connection.HasEnded)
            {
                return [];
            }

            _watching[connection] = users;
            foreach (var user in users)
            {
                if (!_people.TryGetValue(user, out var person))
                {
                    person = _people[user] = new Person();
                }

                person.By.Add(connection);
            }

            return [.. users.Where(user => _people[user].Told is null)];
        }
    }

    public void Left(Connection connection)
    {
        lock (_lock)
        {
            End(connection);
        }
    }

    public bool Has(Guid user)
    {
        lock (_lock)
        {
            return _people.ContainsKey(user);
        }
    }

    public IReadOnlyCollection<Guid> All()
    {
        lock (_lock)
        {
            return [.. _people.Keys];
        }
    }

    /// <summary>What was told last, of those watched; who is not known of is offline.</summary>
    public IReadOnlyList<UserPresence> Told(Guid[] users)
    {
        lock (_lock)
        {
            return [.. users.Select(user => _people.GetValueOrDefault(user)?.Told ?? new UserPresence(user, PresenceStates.Offline, null))];
        }
    }

    /// <summary>Takes in what was read. Returns what is news, and to whom; the first that is known of somebody is an answer, not news.</summary>
    public IReadOnlyList<(UserPresence Presence, Connection[] To)> Read(IEnumerable<UserPresence> presences)
    {
        lock (_lock)
        {
            var news = new List<(UserPresence, Connection[])>();
            foreach (var presence in presences)
            {
                if (!_people.TryGetValue(presence.UserId, out var person) || person.Told == presence)
                {
                    continue;
                }

                if (person.Told is not null)
                {
                    news.Add((presence, [.. person.By]));
                }

                person.Told = presence;
            }

            return news;
        }
    }

    private void End(Connection connection)
    {
        if (!_watching.Remove(connection, out var users))
        {
            return;
        }

        foreach (var user in users)
        {
            if (_people.TryGetValue(user, out var person) && person.By.Remove(connection) && person.By.Count == 0)
            {
                _people.Remove(user);
            }
        }
    }

    private sealed class Person
    {
        public HashSet<Connection> By { get; } = [];

        public UserPresence? Told { get; set; }
    }
}
