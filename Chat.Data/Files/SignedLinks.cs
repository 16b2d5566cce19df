using System.Text;

namespace Chat.Data.Files;

/// <summary>Links of one window, as one process tells them to others.</summary>
/// <param name="Expires">In Unix seconds.</param>
public sealed record SignedLinks(long Expires, IReadOnlyList<(Guid Id, string Url)> Links)
{
    internal byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Expires);
        writer.Write(Links.Count);
        foreach (var (id, url) in Links)
        {
            writer.Write(id.ToByteArray(bigEndian: true));
            writer.Write(url);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Null where it is not of this version's making.</summary>
    internal static SignedLinks? TryRead(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            var (expires, count) = (reader.ReadInt64(), reader.ReadInt32());
            var links = new List<(Guid, string)>();
            for (var n = 0; n < count; n++)
            {
                links.Add((new Guid(reader.ReadBytes(16), bigEndian: true), reader.ReadString()));
            }

            return new SignedLinks(expires, links);
        }
        catch (Exception e) when (e is IOException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
