using System.Text.Json.Serialization;
using Chat.Contracts.Files;

namespace Chat.Contracts.Messages;

/// <summary>What a message has besides its text: the part that belongs to its kind, and no other.</summary>
/// <param name="Language">Of <c>code</c>: what it is written in, where the sender said.</param>
/// <param name="File">Of <c>image</c>, <c>file</c> and <c>voice</c>; of <c>encrypted</c> where it carries an encrypted file.</param>
/// <param name="Poll">Of <c>poll</c>.</param>
/// <param name="Encrypted">Of <c>encrypted</c>.</param>
/// <param name="System">Of <c>system</c>.</param>
public sealed record MessageContent(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Language = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FileContent? File = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PollContent? Poll = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EncryptedContent? Encrypted = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SystemContent? System = null);

/// <summary>A file as it was when the message was sent.</summary>
/// <param name="Id">The file's id.</param>
/// <param name="Name">As the uploader called it.</param>
/// <param name="MediaType">RFC 6838, such as <c>image/png</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Width">Of a picture, in pixels.</param>
/// <param name="Height">Of a picture, in pixels.</param>
/// <param name="DurationMs">Of a recording, in milliseconds.</param>
/// <param name="Url">
/// Where it is had, without any other credentials, and relative to the API's address where it has no host; for two hours at most, unless set otherwise. Absent in some
/// pushes: then <c>GET /api/files/{id}</c> tells.
/// </param>
/// <param name="Thumbnail">Where the uploader had given one.</param>
public sealed record FileContent(
    Guid Id,
    string Name,
    string MediaType,
    long Size,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Width = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Height = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? DurationMs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Thumbnail? Thumbnail = null);

/// <param name="Options">2 to 20 different ones. An option's id is its place, from 0.</param>
/// <param name="Multiple">Whether one may choose several.</param>
/// <param name="Anonymous">Whether nobody is told who chose what.</param>
/// <param name="ClosesAt">No votes from then on; absent: until it is closed.</param>
/// <param name="ClosedAt">When it was closed; absent: it was not, or is open again.</param>
/// <param name="MembersAddOptions">Whether any member may add options, not only the author; absent: no.</param>
public sealed record PollContent(
    IReadOnlyList<string> Options,
    bool Multiple,
    bool Anonymous,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ClosesAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ClosedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool MembersAddOptions = false);

/// <summary>Opaque to the server: stored and handed on, never looked into.</summary>
/// <param name="Ciphertext">Base64, up to 32 KB when decoded.</param>
/// <param name="Metadata">What the devices need to decrypt it.</param>
public sealed record EncryptedContent(string Ciphertext, string Metadata);
