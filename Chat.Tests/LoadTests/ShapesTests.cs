using Chat.Contracts.Messages;
using Chat.LoadTests.Seeding;

namespace Chat.Tests.LoadTests;

public sealed class ShapesTests
{
    private static readonly TestUser[] Users =
        [.. Enumerable.Range(0, 30).Select(n => new TestUser(Guid.CreateVersion7(), $"user-{n}", $"User {n}", ""))];

    [Theory]
    [InlineData(12, 5)]
    [InlineData(30, 30)]
    [InlineData(60, 7)]
    [InlineData(3, 20)]
    public void Groups_have_nobody_twice_and_everybody_equally_often(int count, int size)
    {
        var groups = Shapes.Groups(Users, count, size).ToArray();

        Assert.Equal(count, groups.Length);
        Assert.All(groups, group => Assert.Equal(size, group.Members.Distinct().Count()));
        var memberships = Users.Select(user => groups.Count(group => group.Members.Contains(user))).ToArray();
        Assert.InRange(memberships.Max() - memberships.Min(), 0, 1);
    }

    [Fact]
    public void Rooms_have_everybody_once()
    {
        var rooms = Shapes.Rooms(Users, size: 8).ToArray();

        Assert.Equal([8, 8, 8, 6], rooms.Select(room => room.Members.Count));
        Assert.Equal(Users, rooms.SelectMany(room => room.Members));
    }

    [Fact]
    public void One_of_ten_is_every_tenth() => Assert.Equal([Users[0], Users[10], Users[20]], Users.EachOf(10));

    [Fact]
    public void The_test_data_is_a_group_of_all_and_ten_of_ten()
    {
        var hundred = Enumerable.Range(0, 100).Select(n => Users[n % Users.Length]).ToArray();

        var plans = TestData.Of(hundred);

        Assert.Equal(100, plans[0].Members.Count);
        Assert.Equal(
            [new(MessageKind.Poll, 1), new(MessageKind.Image, 100), new MessagePart(MessageKind.File, 100)], plans[0].Messages);
        Assert.Equal(10, plans.Skip(1).Count());
        Assert.All(plans.Skip(1), plan => Assert.Equal(10, plan.Members.Count));
    }
}
