using Chat.Data.KeyRing;
using Chat.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Support;

/// <summary>Makes access tokens with the application's own keys, at another time than now.</summary>
internal static class TokenMint
{
    /// <param name="chat">Whose keys to use.</param>
    /// <param name="age">How long ago the token was made.</param>
    /// <param name="person">Whose token it is.</param>
    public static async Task<string> MakeAsync(ChatApplication chat, TimeSpan age, Person person)
    {
        await using var database = await chat.OwnerAsync();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["DataProtection:Secret"] = await chat.KeyRingSecretAsync();
        builder.Services.AddSingleton<TimeProvider>(new Earlier(age));
        builder.Services.AddSingleton(database);
        builder.Services.AddKeyRing();
        builder.AddChatAuthentication();
        await using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<AccessTokens>().Issue(person.Id, person.SignIn.SessionId, person.SignIn.User.Roles).Token;
    }

    private sealed class Earlier(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - by;
    }
}
