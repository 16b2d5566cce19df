using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Chat.Data.KeyRing;

/// <summary>Encrypts a key before it is stored: AES-256-GCM, written as Base64 of nonce, tag and ciphertext.</summary>
internal sealed class KeyEncryptor(KeyRingOptions options) : IXmlEncryptor
{
    internal const int NonceBytes = 12;
    internal const int TagBytes = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var box = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(options.Key(), TagBytes);
        aes.Encrypt(
            box.AsSpan(0, NonceBytes), plain, ciphertext: box.AsSpan(NonceBytes + TagBytes), tag: box.AsSpan(NonceBytes, TagBytes));
        return new EncryptedXmlInfo(new XElement("sealedKey", Convert.ToBase64String(box)), typeof(KeyDecryptor));
    }
}
