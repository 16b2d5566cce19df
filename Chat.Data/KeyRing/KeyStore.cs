using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Chat.Data.KeyRing;

/// <summary>
/// Keeps the data protection keys in table <c>data_protection_keys</c>, shared by all processes. A handful of rows, read at start
/// and once a day; the framework's interface is synchronous.
/// </summary>
internal sealed class KeyStore(NpgsqlDataSource database) : IXmlRepository
{
    /// <summary>A key lives 90 days, so this is decades of them.</summary>
    private const int MaxKeys = 1_000;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("/* ReadKeys */ select xml from data_protection_keys order by created_at desc limit $1");
        command.Parameters.AddWithValue(MaxKeys);
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read())
        {
            elements.Add(XElement.Parse(reader.GetString(0)));
        }

        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("/* AddKey */ insert into data_protection_keys (id, friendly_name, xml) values ($1, $2, $3)");
        command.Parameters.AddWithValue(Guid.CreateVersion7());
        command.Parameters.AddWithValue(friendlyName);
        command.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
