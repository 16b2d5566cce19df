using System.Runtime.InteropServices;

namespace Chat.LoadTests.Ledgers;

/// <summary>
/// One number for a message's place and id. The sum over many says whether two sets of messages are the same, without keeping the ids
/// of each recipient's pushes (16 bytes each, of millions).
/// </summary>
internal static class Digest
{
    public static ulong Of(long seq, Guid clientId)
    {
        var halves = MemoryMarshal.Cast<Guid, ulong>(new ReadOnlySpan<Guid>(in clientId));
        return Mix(Mix(Mix((ulong)seq) ^ halves[0]) ^ halves[1]);
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
