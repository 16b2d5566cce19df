namespace Chat.Worker.Demo;

/// <summary>Who says what to whom. The first of a conversation's members makes it.</summary>
internal static class DemoScript
{
    public static readonly (string UserName, string DisplayName)[] People =
    [
        ("mira", "Mira Lund"), ("jonas", "Jonas Weber"), ("aiko", "Aiko Tanaka"), ("sam", "Sam Okafor"),
    ];

    /// <summary>In the first conversation: the question, who asks, the options, and who votes for which.</summary>
    public static readonly (string Who, string Question, string[] Options, (string Who, int[] Options)[] Votes) Poll =
    (
        "aiko", "When do we toast the launch?", ["Thursday evening", "Friday lunch", "When the pager has been quiet for a week"],
        [("aiko", [0]), ("mira", [0, 1]), ("jonas", [2]), ("sam", [1, 2])]
    );

    public static readonly (string? Title, string[] Members, (string Who, string Text)[] Lines)[] Conversations =
    [
        ("Launch week", ["mira", "jonas", "aiko", "sam"],
        [
            ("mira", "Morning! Launch is on **Thursday**. What is still open?"),
            ("jonas", "The migration. I want one more dry run against a copy of production."),
            ("aiko", "Screens are done, apart from the empty state of the search."),
            ("sam", "Load test is green: 1,000 messages a second with 10,000 people connected."),
            ("mira", "🎉 What does the p95 say?"),
            ("sam", "41 ms from send to screen. The database idles."),
            ("jonas", "Dry run starts now. If I go quiet, I am reading logs."),
            ("aiko", "Which of the two texts do we take? `No results` or `Nothing found, try fewer words`?"),
            ("mira", "The second. It tells people what to do."),
            ("jonas", "Dry run: 3 minutes, no lock waited longer than 20 ms."),
            ("sam", "Then I have no more excuses. Who writes the announcement?"),
            ("mira", "I do. Draft by noon."),
        ]),
        ("Lunch", ["aiko", "mira", "sam"],
        [
            ("aiko", "Ramen at 12:30?"),
            ("sam", "Always."),
            ("mira", "Save me a seat, the draft needs ten more minutes."),
        ]),
        (null, ["jonas", "mira"],
        [
            ("jonas", "Can you look over the rollback plan before the meeting?"),
            ("mira", "Reading it now. Step 4 should say who decides."),
            ("jonas", "You do. I wrote it in."),
        ]),
        (null, ["sam", "aiko"],
        [
            ("sam", "Your new icons look great at 200 % zoom, by the way."),
            ("aiko", "That took three evenings. Thank you!"),
        ]),
    ];
}
