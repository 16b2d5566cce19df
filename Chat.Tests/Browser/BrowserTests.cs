using Chat.Tests.Support;
using Microsoft.Playwright;

namespace Chat.Tests.Browser;

/// <summary>Tests in the system's Chromium against the whole application. After each, no browser has complained of anything.</summary>
public abstract class BrowserTests(ChatApplication chat) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];
    private readonly List<Person> _people = [];

    protected ChatApplication Chat => chat;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var visitor in _visitors)
        {
            await visitor.DisposeAsync();
        }

        _people.ForEach(person => person.Dispose());
        Assert.Empty(_visitors.SelectMany(visitor => visitor.Complaints));
    }

    internal async Task<Person> PersonAsync(string name)
    {
        var person = await Person.RegisterAsync(chat, name);
        _people.Add(person);
        return person;
    }

    internal async Task<Visitor> VisitorAsync(
        Person? person = null, string path = "/", string api = "api", bool dark = false, ViewportSize? size = null)
    {
        var visitor = await Visitor.ComeAsync(chat, person, path, api, dark, size);
        _visitors.Add(visitor);
        return visitor;
    }

    internal static string PathOf(Guid conversation) => $"/c/{conversation}";
}
