using Chat.Tests.Support;

namespace Chat.Tests.Properties;

/// <summary>Somebody who calls now the one replica, now the other.</summary>
internal sealed class Actor(Person person, HttpClient elsewhere) : IDisposable
{
    public Guid Id => person.Id;

    /// <summary>Null while they are no member.</summary>
    public View? View { get; set; }

    public bool IsMember => View is not null;

    /// <summary>Their membership is being changed now, so nobody knows what the answer will be.</summary>
    public bool IsInDoubt { get; set; }

    public static async Task<Actor> RegisterAsync(ChatApplication chat, string name)
    {
        var person = await Person.RegisterAsync(chat, name);
        return new Actor(person, person.At(chat, "api2"));
    }

    public Person Person => person;

    public HttpClient At(int replica) => replica % 2 == 0 ? person.Client : elsewhere;

    public void Dispose()
    {
        elsewhere.Dispose();
        person.Dispose();
    }
}
