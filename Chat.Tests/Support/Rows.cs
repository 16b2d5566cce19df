namespace Chat.Tests.Support;

/// <summary>The database as its owner sees it: for what the API does not show, or cannot bring about.</summary>
internal static class Rows
{
    /// <summary>Returns how many rows were changed.</summary>
    public static async Task<int> ExecuteAsync(this ChatApplication chat, string sql)
    {
        await using var database = await chat.OwnerAsync();
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The one value that a statement returns.</summary>
    public static async Task<T> ReadAsync<T>(this ChatApplication chat, string sql)
    {
        await using var database = await chat.OwnerAsync();
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Changes a message as every change does: it takes the next rev, and a row in the stream.</summary>
    /// <param name="text">What the text becomes, as SQL.</param>
    public static Task ChangeAsync(this ChatApplication chat, Guid conversation, long seq, string text) => chat.ExecuteAsync($"""
        with head as (update conversations set last_rev = last_rev + 1 where id = '{conversation}' returning last_rev),
        change as (insert into changes (conversation_id, rev, seq) select '{conversation}', last_rev, {seq} from head)
        update messages set rev = last_rev, text = {text} from head where conversation_id = '{conversation}' and seq = {seq}
        """);
}
