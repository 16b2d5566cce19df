using System.CommandLine;
using System.CommandLine.Parsing;

namespace Chat.LoadTests.Commands;

internal static class Bounds
{
    /// <summary>Refuses what is less than <paramref name="least"/> or more than <paramref name="most"/>.</summary>
    public static void Between<T>(this Option<T> option, T least, T most)
        where T : struct, IComparable<T> => option.Validators.Add(result => Check(result, ValueOf<T>(result), least, most));

    /// <inheritdoc cref="Between{T}(Option{T}, T, T)"/>
    public static void Between<T>(this Option<T?> option, T least, T most)
        where T : struct, IComparable<T> => option.Validators.Add(result => Check(result, ValueOf<T?>(result), least, most));

    private static void Check<T>(OptionResult result, T? given, T least, T most)
        where T : struct, IComparable<T>
    {
        if (given is { } value && (value.CompareTo(least) < 0 || value.CompareTo(most) > 0))
        {
            result.AddError($"{result.Option.Name} must be between {least} and {most}.");
        }
    }

    /// <summary>None where what was said cannot be read, which the library tells by itself, but only after it has asked the validators.</summary>
    private static T? ValueOf<T>(OptionResult result)
    {
        try
        {
            return result.GetValueOrDefault<T>();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
