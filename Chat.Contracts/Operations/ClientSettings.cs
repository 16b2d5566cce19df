namespace Chat.Contracts.Operations;

/// <summary>What a client cannot know of the installation by itself, and needs before anybody signs in.</summary>
/// <param name="Realtime">
/// The origins that have the hub, such as <c>https://push.chat.example</c>; any will do, and another when one fails. None: the origin that answered this.
/// </param>
/// <param name="MaxTextLength">Characters (UTF-16 code units) of a message.</param>
/// <param name="MaxFileBytes">Bytes of a file.</param>
/// <param name="Version">Of the web client that is served here; another one than the page has says that there is a newer. Null: none is served.</param>
public sealed record ClientSettings(IReadOnlyList<string> Realtime, int MaxTextLength, long MaxFileBytes, string? Version);
