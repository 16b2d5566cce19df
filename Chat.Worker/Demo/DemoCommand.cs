using Chat.Contracts.Conversations;

namespace Chat.Worker.Demo;

/// <summary>
/// <c>Chat.Worker demo</c>: a few people and conversations with plausible history, made through the API at <c>Demo:Api</c> like
/// anybody's. All have the password <c>Demo:Password</c>. Running it again adds nothing.
/// </summary>
internal static class DemoCommand
{
    /// <summary>Returns the exit code: 0, or 1 after saying why on standard error.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = Host.CreateApplicationBuilder(args).Configuration;
        if (configuration["Demo:Api"] is not { Length: > 0 } api || configuration["Demo:Password"] is not { Length: > 0 } password)
        {
            await Console.Error.WriteLineAsync("demo needs Demo__Api and Demo__Password.");
            return 1;
        }

        try
        {
            await FillAsync(new Uri(api), password);
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync($"The demo could not be made: {e.Message}");
            return 1;
        }

        Console.WriteLine($"Demo people: {string.Join(", ", DemoScript.People.Select(p => p.UserName))}. Their password: {password}");
        return 0;
    }

    private static async Task FillAsync(Uri api, string password)
    {
        var people = new Dictionary<string, DemoPerson>();
        foreach (var (userName, displayName) in DemoScript.People)
        {
            people[userName] = await DemoPerson.SignInAsync(api, userName, displayName, password);
        }

        foreach (var (title, members, lines) in DemoScript.Conversations)
        {
            var kind = title is null ? ConversationKind.Direct : ConversationKind.Group;
            var conversation = await people[members[0]].OpenAsync(kind, title, [.. members[1..].Select(name => people[name].Id)]);
            for (var i = 0; i < lines.Length; i++)
            {
                await people[lines[i].Who].SendAsync(conversation, i, lines[i].Text);
            }

            if (title == DemoScript.Conversations[0].Title)
            {
                await AskAsync(people, conversation);
            }
        }
    }

    private static async Task AskAsync(Dictionary<string, DemoPerson> people, Guid conversation)
    {
        var (author, question, options, votes) = DemoScript.Poll;
        var seq = await people[author].AskAsync(conversation, question, options);
        foreach (var (voter, chosen) in votes)
        {
            await people[voter].VoteAsync(conversation, seq, chosen);
        }
    }
}
