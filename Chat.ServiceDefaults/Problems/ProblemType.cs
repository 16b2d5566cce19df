using Microsoft.AspNetCore.Http;

namespace Chat.ServiceDefaults.Problems;

/// <summary>
/// A kind of failure that a client can act on. <see cref="All"/> is the whole list; docs/errors.md explains each.
/// </summary>
/// <param name="Name">The last part of <see cref="Uri"/>; never changes once published.</param>
/// <param name="Status">The HTTP status that goes with it.</param>
/// <param name="Title">What is wrong, the same for each occurrence.</param>
public sealed record ProblemType(string Name, int Status, string Title)
{
    public static readonly ProblemType InvalidRequest = new("invalid-request", 400, "Some values are not allowed.");
    public static readonly ProblemType MalformedRequest = new("malformed-request", 400, "The request cannot be read.");
    public static readonly ProblemType NotSignedIn = new("not-signed-in", 401, "A valid access token is needed.");
    public static readonly ProblemType WrongCredentials = new("wrong-credentials", 401, "User name and password do not match.");
    public static readonly ProblemType SessionEnded = new("session-ended", 401, "The session has ended.");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "You may not do this.");
    public static readonly ProblemType AccountSuspended = new("account-suspended", 403, "The account is suspended.");
    public static readonly ProblemType AnonymousPoll = new("anonymous-poll", 403, "Who voted is nobody's to know.");
    public static readonly ProblemType LinkExpired = new("link-expired", 403, "The link does not hold, or no longer.");
    public static readonly ProblemType FileBlocked = new("file-blocked", 403, "The file was found to be harmful.");
    public static readonly ProblemType OriginNotAllowed = new("origin-not-allowed", 403, "Pages of this site may not connect.");
    public static readonly ProblemType Blocked = new("blocked", 403, "One of you has blocked the other.");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is nothing here that you may see.");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "This address does not take that method.");
    public static readonly ProblemType RequestTimeout = new("request-timeout", 408, "The request took too long to arrive.");
    public static readonly ProblemType UserNameTaken = new("user-name-taken", 409, "The user name is taken.");
    public static readonly ProblemType DirectConversation = new("direct-conversation", 409, "A direct conversation keeps its two members.");
    public static readonly ProblemType NotOfThisKind = new("not-of-this-kind", 409, "Conversations of this kind do not have that.");
    public static readonly ProblemType LastOwner = new("last-owner", 409, "A conversation always has an owner.");
    public static readonly ProblemType ConversationFull = new("conversation-full", 409, "The conversation cannot take so many members.");
    public static readonly ProblemType TooManyConversations = new("too-many-conversations", 409, "Somebody is in too many conversations.");
    public static readonly ProblemType TooManyInvites = new("too-many-invites", 409, "The conversation has too many links.");
    public static readonly ProblemType TooManyBlocks = new("too-many-blocks", 409, "You block too many people.");
    public static readonly ProblemType TooManyReactions = new("too-many-reactions", 409, "You have reacted too often to this message.");
    public static readonly ProblemType MessageDeleted = new("message-deleted", 409, "The message has been deleted.");
    public static readonly ProblemType NotEditable = new("not-editable", 409, "Messages of this kind are not edited.");
    public static readonly ProblemType TooManyPins = new("too-many-pins", 409, "The conversation has too many pinned messages.");
    public static readonly ProblemType OwnAccount = new("own-account", 409, "Operators do not do this to themselves.");
    public static readonly ProblemType LastOperator = new("last-operator", 409, "There must be an operator left.");
    public static readonly ProblemType ExportRunning = new("export-running", 409, "Your data is being exported already.");
    public static readonly ProblemType NotPoll = new("not-a-poll", 409, "The message is no poll.");
    public static readonly ProblemType PollClosed = new("poll-closed", 409, "The poll is closed.");
    public static readonly ProblemType TooManyOptions = new("too-many-options", 409, "The poll has too many options.");
    public static readonly ProblemType WrongOffset = new("wrong-offset", 409, "The upload stands at another offset.");
    public static readonly ProblemType FileNotScanned = new("file-not-scanned", 409, "The file is still being looked at.");
    public static readonly ProblemType ThumbnailExists = new("thumbnail-exists", 409, "The file has a thumbnail, or is gone.");
    public static readonly ProblemType ChangesGone = new("changes-gone", 410, "The changes since then are not known any more.");
    public static readonly ProblemType TusVersion = new("tus-version", 412, "Uploads speak tus 1.0.0.");
    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413, "The body is too large.");
    public static readonly ProblemType QuotaExceeded = new("quota-exceeded", 413, "Your files would be more than you may have.");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "The body has a type that is not taken here.");
    public static readonly ProblemType KindNotAllowed = new("kind-not-allowed", 422, "Messages of this kind are not sent this way.");
    public static readonly ProblemType NoSuchMessage = new("no-such-message", 422, "The message that it refers to cannot be had.");
    public static readonly ProblemType NoSuchFile = new("no-such-file", 422, "The file that it refers to cannot be had.");
    public static readonly ProblemType NoSuchOption = new("no-such-option", 422, "The poll does not have that choice.");
    public static readonly ProblemType UploadInProgress = new("upload-in-progress", 423, "Another request is writing to this upload.");
    public static readonly ProblemType RateLimited = new("rate-limited", 429, "Too many requests.");
    public static readonly ProblemType TooManyUploads = new("too-many-uploads", 429, "You have begun too many uploads.");
    public static readonly ProblemType ChecksumMismatch = new("checksum-mismatch", 460, "The bytes are not those of the checksum.");
    public static readonly ProblemType InternalError = new("internal-error", 500, "Something went wrong in the server.");
    public static readonly ProblemType DatabaseUnavailable = new("database-unavailable", 503, "The database cannot be reached.");
    public static readonly ProblemType OutcomeUnknown = new("outcome-unknown", 503, "It is not known whether it was done.");
    public static readonly ProblemType StorageUnavailable = new("storage-unavailable", 503, "Files cannot be stored or read.");
    public static readonly ProblemType Busy = new("busy", 503, "The server has too much to do.");

    /// <summary>Every type there is. The first with a status is what a bare status means.</summary>
    public static readonly IReadOnlyList<ProblemType> All =
    [
        InvalidRequest, MalformedRequest, NotSignedIn, WrongCredentials, SessionEnded, Forbidden, AccountSuspended, AnonymousPoll, LinkExpired,
        FileBlocked, OriginNotAllowed, Blocked, NotFound, MethodNotAllowed, RequestTimeout, UserNameTaken, DirectConversation, NotOfThisKind,
        LastOwner, ConversationFull, TooManyConversations, TooManyInvites, TooManyBlocks, TooManyReactions, MessageDeleted, NotEditable,
        TooManyPins, OwnAccount, LastOperator, ExportRunning, NotPoll, PollClosed, TooManyOptions, WrongOffset, FileNotScanned, ThumbnailExists,
        ChangesGone, TusVersion, BodyTooLarge, QuotaExceeded, UnsupportedMediaType, KindNotAllowed, NoSuchMessage, NoSuchFile, NoSuchOption, UploadInProgress,
        RateLimited, TooManyUploads, ChecksumMismatch, InternalError, DatabaseUnavailable, OutcomeUnknown, StorageUnavailable, Busy,
    ];

    /// <summary>The <c>type</c> of a ProblemDetails: stable, and compared by clients.</summary>
    public string Uri => $"urn:chat:problem:{Name}";

    /// <summary>For answers that were given as a bare status, by the framework or by a handler.</summary>
    internal static ProblemType Of(int status) => All.FirstOrDefault(t => t.Status == status)
        ?? (status < StatusCodes.Status500InternalServerError ? MalformedRequest : InternalError);
}
