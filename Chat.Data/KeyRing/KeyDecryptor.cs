using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.Data.KeyRing;

/// <summary>
/// Opens what <see cref="KeyEncryptor"/> sealed. Stored keys name this type and the framework makes it by that name, with this one
/// constructor: renamed or moved, it orphans them.
/// </summary>
internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <exception cref="CryptographicException">The secret is not the one that the key was sealed with, or the row was altered.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        var box = Convert.FromBase64String(encryptedElement.Value);
        var plain = new byte[box.Length - KeyEncryptor.NonceBytes - KeyEncryptor.TagBytes];
        using var aes = new AesGcm(services.GetRequiredService<IOptions<KeyRingOptions>>().Value.Key(), KeyEncryptor.TagBytes);
        aes.Decrypt(
            box.AsSpan(0, KeyEncryptor.NonceBytes),
            ciphertext: box.AsSpan(KeyEncryptor.NonceBytes + KeyEncryptor.TagBytes),
            tag: box.AsSpan(KeyEncryptor.NonceBytes, KeyEncryptor.TagBytes),
            plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
