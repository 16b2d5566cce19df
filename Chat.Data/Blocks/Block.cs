namespace Chat.Data.Blocks;

/// <summary>The conditions that somebody has blocked somebody: said once for all statements. By the primary key, in both directions.</summary>
internal static class Block
{
    /// <summary>That one of two has blocked the other.</summary>
    public static string Between(string one, string other) =>
        $"exists (select from blocks where (user_id, blocked_id) in (({one}, {other}), ({other}, {one})))";

    /// <summary>That the two of a direct conversation are not to exchange messages; false, unread, for other kinds.</summary>
    /// <param name="conversation">What the statement calls the conversation.</param>
    public static string In(string conversation) =>
        $"case when {conversation}.kind = 'direct' then {Between($"{conversation}.direct_low", $"{conversation}.direct_high")} else false end";
}
