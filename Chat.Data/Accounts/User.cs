using Microsoft.AspNetCore.Identity;

namespace Chat.Data.Accounts;

/// <summary>A person's account. <see cref="IdentityUser{TKey}.UserName"/> is lower-case and never changes.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>As others see it: 1 to 64 characters.</summary>
    public required string DisplayName { get; set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; set; } = Roles.User;

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: it is not. Who is deleted has no name and no password any more.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
