using System.Numerics;

namespace Chat.Data.Polls;

/// <summary>The options that somebody chose, as bits: option 0 is the lowest. There are at most 20.</summary>
public static class Choices
{
    /// <param name="options">Places of options, each from 0 to 30.</param>
    public static int Of(IEnumerable<int> options) => options.Aggregate(0, (bits, option) => bits | (1 << option));

    /// <returns>The places, in their order.</returns>
    public static int[] Options(int bits) => [.. Enumerable.Range(0, BitOperations.Log2((uint)bits) + 1).Where(option => (bits & (1 << option)) != 0)];
}
