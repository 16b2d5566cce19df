using System.Globalization;
using Chat.Contracts.Files;
using Chat.Contracts.Messages;
using Chat.Data.Files;

namespace Chat.Api.Files;

/// <summary>Reads what an uploader says of a file, the same for every way to upload.</summary>
internal static class Descriptions
{
    /// <param name="said">The values by their names; others than those known here are passed over.</param>
    /// <param name="wrong">The name of the first value that is not allowed, and what it must be.</param>
    public static FileDescription? Read(IReadOnlyDictionary<string, string> said, out (string Field, string Message) wrong)
    {
        wrong = default;
        var width = Number(said, "width", FileLimits.PixelsMax, ref wrong);
        var height = Number(said, "height", FileLimits.PixelsMax, ref wrong);
        var duration = Number(said, "durationMs", FileLimits.DurationMsMax, ref wrong);
        var encrypted = said.GetValueOrDefault("encrypted", "false");
        if (encrypted is not ("true" or "false"))
        {
            wrong = ("encrypted", "Must be true or false.");
        }

        var metadata = said.GetValueOrDefault("metadata");
        if (metadata is not null && (encrypted != "true" || metadata.Length is 0 or > MessageLimits.MetadataMax || metadata.Contains('\0', StringComparison.Ordinal)))
        {
            wrong = ("metadata", $"Only of an encrypted file, 1 to {MessageLimits.MetadataMax} characters.");
        }

        var type = said.GetValueOrDefault("filetype") is { Length: > 0 and <= FileLimits.MediaTypeMax } name ? name : MediaTypes.Unknown;
        return wrong.Field is null
            ? new FileDescription(
                FileName.Clean(said.GetValueOrDefault("filename")), type.Replace("\0", "", StringComparison.Ordinal), width, height, duration,
                encrypted == "true", metadata)
            : null;
    }

    private static int? Number(IReadOnlyDictionary<string, string> said, string name, int max, ref (string, string) wrong)
    {
        if (!said.TryGetValue(name, out var text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
        {
            return number;
        }

        wrong = (name, $"Must be from 1 to {max}.");
        return null;
    }
}
