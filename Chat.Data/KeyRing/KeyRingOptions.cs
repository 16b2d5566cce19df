using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Data.KeyRing;

/// <summary>Configuration section <c>DataProtection</c>.</summary>
public sealed class KeyRingOptions
{
    /// <summary>
    /// Opens the keys in the database. Must be random, not a phrase that someone thought of: it is stretched by no slow function.
    /// Losing it costs every access token, no account and no session.
    /// </summary>
    [Required]
    [MinLength(32)]
    public required string Secret { get; init; }

    internal byte[] Key() => KeyFor("Chat key ring v1");

    /// <summary>A 256-bit key for one use and no other (HKDF, RFC 5869).</summary>
    internal byte[] KeyFor(string use) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret), outputLength: 32, info: Encoding.UTF8.GetBytes(use));
}
