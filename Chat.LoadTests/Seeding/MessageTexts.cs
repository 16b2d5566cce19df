using System.Text;

namespace Chat.LoadTests.Seeding;

/// <summary>Plausible texts of 20 to 400 characters, short ones more often. The same seed gives the same texts.</summary>
internal sealed class MessageTexts
{
    public const int Shortest = 20;
    public const int Longest = 400;
    private const int CorpusLength = 200_000;

    private static readonly string[] Words =
    [
        "the", "a", "and", "to", "of", "we", "I", "you", "it", "that", "is", "on", "for", "with", "this", "have", "not", "can", "will", "at",
        "tomorrow", "today", "meeting", "release", "server", "coffee", "lunch", "train", "late", "early", "photo", "weekend", "garden", "music",
        "budget", "draft", "review", "question", "answer", "idea", "problem", "solved", "waiting", "customer", "invoice", "delivery", "ticket",
        "birthday", "holiday", "weather", "rain", "sunny", "football", "match", "dinner", "recipe", "kitchen", "school", "homework", "doctor",
        "perhaps", "really", "probably", "definitely", "please", "thanks", "sorry", "great", "fine", "wonderful", "see", "send", "bring", "find",
        "forgot", "remember", "understand", "agree", "think", "hope", "know", "call", "write", "read", "naïve", "café", "übermorgen", "mañana",
        "日本", "👍", "🎉",
    ];

    private readonly Random _random;
    private readonly string _corpus;

    public MessageTexts(Random random)
    {
        _random = random;
        var corpus = new StringBuilder(CorpusLength);
        while (corpus.Length < CorpusLength)
        {
            AppendSentence(corpus);
        }

        _corpus = corpus.ToString();
    }

    /// <summary>A piece of the corpus, from the beginning of a word to the end of one.</summary>
    public string Next()
    {
        // The square of an even distribution: half of the texts are shorter than 115 characters.
        var share = _random.NextDouble();
        var length = Shortest + (int)((Longest - Shortest) * share * share);
        var start = _corpus.IndexOf(' ', _random.Next(_corpus.Length - (2 * Longest))) + 1;
        var end = _corpus.IndexOf(' ', start + length - 1);
        return _corpus[start..(end - start <= Longest ? end : _corpus.LastIndexOf(' ', start + Longest))];
    }

    private void AppendSentence(StringBuilder corpus)
    {
        var words = _random.Next(4, 14);
        for (var n = 0; n < words; n++)
        {
            var word = Words[_random.Next(Words.Length)];
            corpus.Append(n == 0 ? char.ToUpperInvariant(word[0]) : word[0]).Append(word.AsSpan(1)).Append(n == words - 1 ? ". " : " ");
        }
    }
}
