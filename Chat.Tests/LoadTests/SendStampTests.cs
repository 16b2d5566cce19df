using System.Diagnostics;
using Chat.LoadTests.Ledgers;

namespace Chat.Tests.LoadTests;

/// <summary>A clientId says when its sending was due.</summary>
public sealed class SendStampTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue >> 1)]
    public void A_stamp_gives_back_the_time_it_was_made_with(long due)
    {
        var id = SendStamp.New(due);

        Assert.True(SendStamp.TryRead(id, out var read));
        Assert.Equal(due, read);
        Assert.Equal('8', id.ToString()[14]);
        Assert.Contains(id.ToString()[19], "89ab");
    }

    [Fact]
    public void Stamps_of_one_moment_differ()
    {
        var now = Stopwatch.GetTimestamp();
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(_ => SendStamp.New(now)).Distinct().Count());
    }

    [Fact]
    public void Another_clients_id_is_no_stamp()
    {
        Assert.False(SendStamp.TryRead(Guid.NewGuid(), out _));
        Assert.False(SendStamp.TryRead(Guid.CreateVersion7(), out _));
        Assert.False(SendStamp.TryRead(Guid.Empty, out _));
    }
}
