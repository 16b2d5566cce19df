namespace Chat.LoadTests.Seeding;

/// <summary>Plausible names of people.</summary>
internal static class Names
{
    private static readonly string[] First =
    [
        "Ada", "Amir", "Bao", "Carla", "Chidi", "Dana", "Elif", "Emil", "Fatou", "Greta", "Hugo", "Ines", "Ivan", "Jun", "Kofi", "Lena",
        "Mara", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sami", "Tomás", "Uma", "Vera", "Wen", "Yara", "Zoë", "Óscar",
    ];

    private static readonly string[] Last =
    [
        "Abara", "Berg", "Castro", "Diallo", "Eriksen", "Fischer", "García", "Haddad", "Ito", "Jansen", "Kovač", "Lindqvist", "Mensah",
        "Novák", "Okafor", "Petrov", "Rossi", "Silva", "Tanaka", "Weber", "Yılmaz", "Zhang",
    ];

    public static string Of(Random random) => $"{First[random.Next(First.Length)]} {Last[random.Next(Last.Length)]}";
}
