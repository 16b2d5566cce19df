using System.ComponentModel.DataAnnotations;
using Chat.Contracts.Validation;

namespace Chat.Contracts.Accounts;

/// <param name="UserName">3 to 32 of a–z, 0–9, "_", "." and "-"; unique whatever its letter case, and for good.</param>
/// <param name="DisplayName">As others see it, 1 to 64 characters; the user name where it is left out.</param>
/// <param name="Password">10 to 128 characters, and none of the commonest passwords.</param>
public sealed record RegisterRequest(
    [property: StringLength(AccountLimits.UserNameMax, MinimumLength = AccountLimits.UserNameMin, ErrorMessage = Lengths.Message)]
    [property: RegularExpression(AccountLimits.UserNamePattern, ErrorMessage = "Must consist of a–z, 0–9, '_', '.' and '-'.")]
    string UserName,
    [property: StringLength(AccountLimits.PasswordMax, MinimumLength = AccountLimits.PasswordMin, ErrorMessage = Lengths.Message)]
    string Password,
    [property: StringLength(AccountLimits.DisplayNameMax, MinimumLength = 1, ErrorMessage = Lengths.Message)]
    [property: PlainText]
    string? DisplayName = null);

/// <param name="UserName">Its letter case does not matter.</param>
/// <param name="Password">The account's password.</param>
public sealed record LoginRequest(
    [property: StringLength(AccountLimits.UserNameMax, MinimumLength = 1, ErrorMessage = Lengths.Message)] string UserName,
    [property: StringLength(AccountLimits.PasswordMax, MinimumLength = 1, ErrorMessage = Lengths.Message)] string Password);

/// <param name="RefreshToken">The one that came with the last sign-in or refresh.</param>
public sealed record RefreshRequest(
    [property: StringLength(AccountLimits.RefreshTokenMax, MinimumLength = 1, ErrorMessage = Lengths.Message)] string RefreshToken);

/// <param name="DisplayName">The new display name.</param>
public sealed record ChangeProfileRequest(
    [property: StringLength(AccountLimits.DisplayNameMax, MinimumLength = 1, ErrorMessage = Lengths.Message)]
    [property: PlainText]
    string DisplayName);

/// <param name="Password">The account's password, once more.</param>
public sealed record DeleteAccountRequest(
    [property: StringLength(AccountLimits.PasswordMax, MinimumLength = 1, ErrorMessage = Lengths.Message)] string Password);
