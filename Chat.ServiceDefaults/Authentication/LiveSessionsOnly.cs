using Microsoft.AspNetCore.Authentication;

namespace Chat.ServiceDefaults.Authentication;

/// <summary>
/// Opens an access token only while its session lives. It stands here because the framework's bearer handler has no event between
/// reading a token and accepting it; null means "not a token" to it.
/// </summary>
internal sealed class LiveSessionsOnly(ISecureDataFormat<AuthenticationTicket> inner, EndedSessions ended)
    : ISecureDataFormat<AuthenticationTicket>
{
    public string Protect(AuthenticationTicket data) => inner.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => inner.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText) => Living(inner.Unprotect(protectedText));

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => Living(inner.Unprotect(protectedText, purpose));

    private AuthenticationTicket? Living(AuthenticationTicket? ticket) =>
        ticket is null || ended.Contains(ticket.Principal.SessionId()) ? null : ticket;
}
