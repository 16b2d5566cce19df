using Chat.Contracts.Messages;

namespace Chat.LoadTests.Seeding;

/// <summary>What somebody says.</summary>
/// <param name="Text">With an image or a file its caption, or nothing; with a poll the question.</param>
/// <param name="Content">As the application would have stored it; null where the kind has none.</param>
internal readonly record struct Saying(MessageKind Kind, string Text, MessageContent? Content);

/// <summary>Plausible messages. The same seed says the same; only the ids of files are new.</summary>
internal sealed class Sayings(Random random)
{
    private static readonly string[] Options = ["Yes", "No", "Perhaps", "Ask me tomorrow"];

    private static readonly (string Ending, string MediaType)[] Documents =
    [
        ("pdf", "application/pdf"), ("txt", "text/plain"), ("zip", "application/zip"),
        ("odt", "application/vnd.oasis.opendocument.text"),
    ];

    private readonly MessageTexts _texts = new(random);

    public Saying Next(MessageKind kind) => kind switch
    {
        MessageKind.Text => new Saying(kind, _texts.Next(), null),
        MessageKind.Poll => new Saying(
            kind, "Shall we meet in the garden if the weather holds?", new MessageContent(Poll: new PollContent(Options, Multiple: false, Anonymous: false))),
        MessageKind.Image => new Saying(kind, Caption(), new MessageContent(File: Image())),
        MessageKind.File => new Saying(kind, Caption(), new MessageContent(File: Document())),
        _ => throw new NotSupportedException($"Messages of the kind {kind} cannot be seeded."),
    };

    /// <summary>Every other has none.</summary>
    private string Caption() => random.Next(2) == 0 ? "" : _texts.Next();

    private FileContent Image() => new(
        Guid.CreateVersion7(), $"IMG_{random.Next(10_000):0000}.jpg", "image/jpeg", random.Next(50_000, 8_000_000),
        Width: random.Next(640, 4_000), Height: random.Next(480, 4_000));

    private FileContent Document()
    {
        var (ending, mediaType) = Documents[random.Next(Documents.Length)];
        return new FileContent(Guid.CreateVersion7(), $"Draft {random.Next(1_000)}.{ending}", mediaType, random.Next(1_000, 20_000_000));
    }
}
