using Chat.Api.Limits;
using Chat.Api.Requests;
using Chat.Contracts.Accounts;

namespace Chat.Api.Accounts;

/// <summary>Registering, signing in and out, sessions, and who is who.</summary>
internal static class AccountsApi
{
    /// <summary>Much more than the longest password, in a body that anybody may send.</summary>
    private const int MaxBodyBytes = 16 * 1024;

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        MapSigningIn(routes.MapGroup("/auth").WithTags("Accounts").WithBodyLimit(MaxBodyBytes));
        MapSessions(routes.MapGroup("/auth/sessions").WithTags("Accounts"));
        MapUsers(routes.MapGroup("/users").WithTags("Users"));
    }

    private static void MapSigningIn(RouteGroupBuilder auth)
    {
        var signIn = auth.MapGroup("").LimitedBy(LimitPolicy.SignIns);
        signIn.MapPost("/register", Register.HandleAsync).WithSummary("Make an account and sign in").AllowAnonymous()
            .WithValidBody<RegisterRequest>().AddEndpointFilter<PasswordWorkFilter>().ProducesProblem(StatusCodes.Status409Conflict);
        signIn.MapPost("/login", Login.HandleAsync).WithSummary("Sign in").AllowAnonymous()
            .WithValidBody<LoginRequest>().AddEndpointFilter<SignInNameFilter>().AddEndpointFilter<PasswordWorkFilter>().ProducesProblem(StatusCodes.Status401Unauthorized);
        auth.MapPost("/refresh", Refresh.HandleAsync).WithSummary("Exchange the refresh token for new tokens").AllowAnonymous()
            .WithDescription("Each refresh token is good once. The one before the current may be sent once more within 30 seconds, in case the"
                + " answer was lost; the use of any older one ends the session.")
            .LimitedBy(LimitPolicy.Refreshes).WithValidBody<RefreshRequest>().ProducesProblem(StatusCodes.Status401Unauthorized);
        auth.MapPost("/logout", Logout.HandleAsync).WithSummary("Sign out here");
    }

    private static void MapSessions(RouteGroupBuilder sessions)
    {
        sessions.MapGet("", ListSessions.HandleAsync).WithSummary("Where I am signed in");
        sessions.MapDelete("", EndAllSessions.HandleAsync).WithSummary("Sign out everywhere, here too");
        sessions.MapDelete("/{id:guid}", EndSession.HandleAsync).WithSummary("Sign out there");
    }

    private static void MapUsers(RouteGroupBuilder users)
    {
        users.MapGet("/me", GetMe.HandleAsync).WithSummary("My account");
        users.MapPatch("/me", ChangeProfile.HandleAsync).WithSummary("Change my profile").WithValidBody<ChangeProfileRequest>();
        users.MapDelete("/me", DeleteMe.HandleAsync).WithSummary("Delete my account")
            .WithDescription("At once and for good: signed out everywhere, no member of anything any more, found by nobody. Messages stay,"
                + " without a name. Direct conversations stay with the other. The user name is given to nobody again.")
            .WithValidBody<DeleteAccountRequest>().AddEndpointFilter<PasswordWorkFilter>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status409Conflict);
        users.MapGet("/me/export", ExportMe.HandleAsync).WithSummary("All that is kept of me")
            .WithDescription("One JSON object a line, each with a `type`; the last is `end` and says how many came before: see docs/operators.md.")
            .Produces<string>(StatusCodes.Status200OK, JsonLines.MediaType).ProducesProblem(StatusCodes.Status409Conflict)
            .DisableRequestTimeout();
        users.MapGet("", ListUsers.HandleAsync).LimitedBy(LimitPolicy.Searches).WithSummary("Look users up by the beginning of a name");
        users.MapGet("/{id:guid}", GetUser.HandleAsync).WithSummary("A user's profile");
    }
}
