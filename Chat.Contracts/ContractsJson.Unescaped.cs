using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chat.Contracts;

public sealed partial class ContractsJson
{
    /// <summary>
    /// Writes all scripts as they are; the default would write six bytes for each letter that is not ASCII. Never inside HTML: it
    /// does not escape for that.
    /// </summary>
    public static ContractsJson Unescaped =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
