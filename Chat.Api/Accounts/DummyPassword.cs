using System.Security.Cryptography;
using Chat.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Chat.Api.Accounts;

/// <summary>A hash of nobody's password, checked where there is no account, so that the answer takes as long as where there is one.</summary>
internal sealed class DummyPassword
{
    private readonly PasswordHasher<User> _hasher;
    private readonly string _hash;
    private readonly User _nobody = new() { DisplayName = "" };

    public DummyPassword(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<User>(options);
        _hash = _hasher.HashPassword(_nobody, RandomNumberGenerator.GetHexString(32));
    }

    /// <returns>False: it is wrong.</returns>
    public bool Check(string password) => _hasher.VerifyHashedPassword(_nobody, _hash, password) is not PasswordVerificationResult.Failed;
}
