using Chat.Contracts.Accounts;
using Chat.Data;
using Chat.Data.Accounts;
using Chat.Data.Events;
using Chat.Data.KeyRing;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Chat.Api.Accounts;

internal static class AccountsExtensions
{
    /// <summary>
    /// Identity with its EF Core stores, access tokens, sessions. Passwords are hashed with Identity's own parameters, never weaker
    /// ones; what a password must be is said by its length and by <see cref="CommonPasswords"/>, not by kinds of characters.
    /// </summary>
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddKeyRing();
        builder.AddChatAuthentication();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddIdentityCore<User>(options =>
        {
            options.Password = new PasswordOptions
            {
                RequiredLength = AccountLimits.PasswordMin,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
            options.Lockout.MaxFailedAccessAttempts = CountFailedSignIn.MaxFailures;
            options.Lockout.DefaultLockoutTimeSpan = CountFailedSignIn.Lockout;
        }).AddUserManager<AspNetUserManager<User>>().AddEntityFrameworkStores<ChatDb>();
        builder.Services.AddSingleton<DummyPassword>();
        builder.Services.AddSingleton<PasswordWork>();
        builder.Services.AddScoped<PasswordCheck>();
        builder.Services.AddSingleton<SessionEndings>();
        builder.Services.TryAddSingleton<EventPublisher>();
        builder.Services.AddSingleton<EventSubscriber>();
        builder.Services.AddHostedService<EndedSessionsListener>();
    }
}
