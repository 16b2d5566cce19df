using System.CommandLine;
using Chat.LoadTests.Commands;
using Chat.LoadTests.Measuring;

namespace Chat.Tests.LoadTests;

/// <summary>What a person may say at the command line.</summary>
public sealed class RunCommandTests
{
    [Theory]
    [InlineData("run send-one")]
    [InlineData("run push --sockets 100 --room 20 --rate 50/s --duration 5m --seed 7")]
    [InlineData("run send-ten --stack http://localhost:5080 --think 0 --users 10 --json result.json")]
    public void What_makes_sense_is_taken(string line) => Assert.Empty(Parse(line).Errors);

    [Theory]
    [InlineData("run", "Required argument missing")]
    [InlineData("run everything", "'everything'")]
    [InlineData("run push --duration soon", "'soon' is no duration. Say it like 30s, 5m or 1h.")]
    [InlineData("run push --duration 0s", "'0s' is no duration")]
    [InlineData("run push --rate -1", "'-1' is no rate. Say it like 1000/s.")]
    [InlineData("run push --rate fast", "'fast' is no rate")]
    [InlineData("run push --think 3-1s", "'3-1s' is no think time. Say it like 0.1-0.3s, 0.2s or 0.")]
    [InlineData("run push --users 0", "--users must be")]
    [InlineData("run push --sockets many", "many")]
    [InlineData("run push --factor 0", "--factor must be")]
    [InlineData("run push --replicas few", "'few'")]
    [InlineData("run push --replicas 99", "--replicas must be between 1 and 16")]
    public void What_makes_none_is_refused_with_a_word_on_why(string line, string because) =>
        Assert.Contains(Parse(line).Errors, error => error.Message.Contains(because, StringComparison.Ordinal));

    [Theory]
    [InlineData("0.1-0.3s", 0.1, 0.3)]
    [InlineData("2s", 2, 2)]
    [InlineData("0", 0, 0)]
    public void A_think_time_is_read_and_written_the_same(string text, double least, double most)
    {
        var think = ThinkTime.Parse(text);

        Assert.Equal(ThinkTime.FromSeconds(least, most), think);
        Assert.Equal(think, ThinkTime.Parse(think.ToString()));
        Assert.InRange(think.Next(new Random(1)), think.Least, think.Most);
    }

    private static ParseResult Parse(string line) => new RootCommand { RunCommand.Create(), ListCommand.Create() }.Parse(line);
}
