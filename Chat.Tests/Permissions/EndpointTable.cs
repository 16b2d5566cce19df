using static Chat.Data.Permissions.ConversationAction;
using static Chat.Tests.Permissions.Endpoint;

namespace Chat.Tests.Permissions;

/// <summary>
/// Every endpoint that there is, with what it needs. A new one gets a line here (a test fails until it has one): of a conversation, the action of
/// <see cref="Chat.Data.Permissions.PermissionTable"/> that it is; else what kind of caller it takes. In paths and bodies stand for what a call needs:
/// <c>{conversationId} {seq} {userId} {emoji} {inviteId} {token} {since} {new}</c>, the last being a new UUID, and any other name in braces for a UUID that nothing has.
/// </summary>
internal static class EndpointTable
{
    private const string C = "/api/conversations/{conversationId}";
    private const string M = C + "/messages/{seq}";

    public static readonly IReadOnlyList<Endpoint> All =
    [
        Open("GET /api/client"),
        Open("POST /api/client/violations", "{}"),
        Open("POST /api/auth/register", "{}"),
        Open("POST /api/auth/login", """{"userName":"nobody","password":"a password"}"""),
        Open("POST /api/auth/refresh", """{"refreshToken":"x"}"""),

        SignedIn("POST /api/auth/logout") with { EndsCaller = true },
        SignedIn("GET /api/auth/sessions"),
        SignedIn("DELETE /api/auth/sessions") with { EndsCaller = true },
        SignedIn("DELETE /api/auth/sessions/{id}"),
        SignedIn("GET /api/users/me"),
        SignedIn("PATCH /api/users/me", """{"displayName":"Somebody"}"""),
        SignedIn("GET /api/users") with { Query = "?query=a" },
        SignedIn("GET /api/users/{id}"),
        SignedIn("GET /api/blocks"),
        SignedIn("PUT /api/blocks/{userId}"),
        SignedIn("DELETE /api/blocks/{userId}"),
        SignedIn("GET /api/conversations"),
        SignedIn("POST /api/conversations", """{"kind":"group","memberIds":[],"title":"new"}"""),
        SignedIn("GET /api/channels"),
        SignedIn("PUT /api/conversations/read"),
        SignedIn("GET /api/changes"),

        SignedIn("DELETE /api/users/me", """{"password":"not it"}"""),
        SignedIn("GET /api/users/me/export"),

        SignedIn("POST /api/files"),
        SignedIn("GET /api/files/{id}"),
        SignedIn("PUT /api/files/{id}/thumbnail"),
        SignedIn("POST /api/uploads"),
        SignedIn("HEAD /api/uploads/{id}"),
        SignedIn("PATCH /api/uploads/{id}"),
        SignedIn("DELETE /api/uploads/{id}"),
        Open("OPTIONS /api/uploads"),
        ByLink("GET /files/{id}"),
        ByLink("HEAD /files/{id}"),

        Operators("GET /api/admin/status"),
        Operators("GET /api/admin/database/statements"),
        Operators("GET /api/admin/files/audit"),
        Operators("PUT /api/admin/operators/{userId}"),
        Operators("DELETE /api/admin/operators/{userId}"),
        Operators("GET /api/admin/users"),
        Operators("DELETE /api/admin/users/{userId}"),
        Operators("DELETE /api/admin/users/{userId}/sessions"),
        Operators("PUT /api/admin/users/{userId}/suspension", """{"reason":"spam"}"""),
        Operators("DELETE /api/admin/users/{userId}/suspension"),
        Operators("GET /api/admin/conversations"),
        Operators("GET /api/admin/audit"),

        Of(Read, $"GET {C}"),
        Of(Read, $"GET {C}/members"),
        Of(Read, $"GET {C}/messages"),
        Of(Read, $"GET {C}/changes") with { Query = "?since={since}" },
        Of(Read, $"GET {C}/files"),
        Of(Read, $"GET {C}/pins"),
        Of(Read, $"GET {C}/cursors"),
        Of(Read, $"GET {M}"),
        Of(Read, $"GET {M}/history"),
        Of(Read, $"GET {M}/thread"),
        Of(Read, $"GET {M}/reads"),

        Of(Send, $"POST {C}/messages", """{"clientId":"{new}","text":"hello"}"""),
        Of(Send, $"POST {C}/messages", """{"clientId":"{new}","text":"hello","replyTo":1,"mentionsEveryone":true}"""),
        Of(Send, $"POST {C}/polls", """{"clientId":"{new}","question":"Lunch?","options":["yes","no"]}"""),
        Of(Send, $"PATCH {M}", """{"text":"hello again"}""") with { Seq = 2 },
        Of(Send, $"DELETE {M}") with { Seq = 2 },
        Of(DeleteOthersMessage, $"DELETE {M}") with { WhereNobody = 403 },
        Of(Read, $"GET {M}/reactions"),
        Of(React, $"PUT {M}/reactions/{{emoji}}"),
        Of(React, $"DELETE {M}/reactions/{{emoji}}"),
        Of(Vote, $"PUT {M}/vote", """{"options":[0]}""") with { Seq = 3 },
        Of(Vote, $"DELETE {M}/vote") with { Seq = 3 },
        Of(Vote, $"POST {M}/options", """{"text":"perhaps"}""") with { Seq = 3 },
        Of(Read, $"GET {M}/votes") with { Seq = 3 },
        Of(Send, $"POST {M}/close") with { Seq = 4 },
        Of(Send, $"POST {M}/reopen") with { Seq = 4 },
        Of(CloseOthersPoll, $"POST {M}/close") with { Seq = 3, WhereNobody = 403 },
        Of(CloseOthersPoll, $"POST {M}/reopen") with { Seq = 3, WhereNobody = 403 },
        Of(Pin, $"PUT {M}/pin"),
        Of(Pin, $"DELETE {M}/pin"),

        Of(SetForOneself, $"DELETE {M}") with { Query = "?for=me" },
        Of(SetForOneself, $"PUT {C}/read", """{"seq":1}"""),
        Of(SetForOneself, $"PUT {C}/delivered", """{"seq":1}"""),
        Of(SetForOneself, $"PUT {C}/unread"),
        Of(SetForOneself, $"PUT {C}/mute", "{}"),
        Of(SetForOneself, $"DELETE {C}/mute"),
        Of(SetForOneself, $"PUT {C}/archive"),
        Of(SetForOneself, $"DELETE {C}/archive"),

        Of(Leave, $"DELETE {C}/members/{{userId}}") with { User = "caller" },
        Of(AddMembers, $"POST {C}/members", """{"userIds":["{userId}"]}"""),
        Of(RemoveMember, $"DELETE {C}/members/{{userId}}"),
        Of(RemoveAdmin, $"DELETE {C}/members/{{userId}}") with { User = "admin" },
        Of(ChangeRole, $"PATCH {C}/members/{{userId}}", """{"role":"admin"}"""),
        Of(ChangeDetails, $"PATCH {C}", """{"title":"new"}"""),
        Of(DeleteConversation, $"DELETE {C}"),

        Of(ManageInvites, $"GET {C}/invites"),
        Of(ManageInvites, $"POST {C}/invites", "{}"),
        Of(ManageInvites, $"DELETE {C}/invites/{{inviteId}}"),
        Of(Join, $"POST {C}/join"),
        Of(JoinByInvite, "GET /api/invites/{token}") with { WhereNobody = 404 },
        Of(JoinByInvite, "POST /api/invites/{token}") with { WhereNobody = 404 },
    ];
}
