using System.Runtime.InteropServices;
using System.Text;

namespace Chat.LoadTests.Stacks.Telemetry;

/// <summary>
/// Reads just what is wanted of OTLP's three kinds of requests (github.com/open-telemetry/opentelemetry-proto, v1: the field
/// numbers are those of its .proto files). All three hold, for each resource, scopes, and in each of these the items.
/// </summary>
internal static class OtlpReader
{
    private const string ServiceName = "service.name";

    /// <summary>Called for each item: the service that it is of, and the item.</summary>
    public delegate void OnItem(string service, ReadOnlySpan<byte> item);

    /// <summary>Goes through the spans, log records or metrics of an Export…ServiceRequest.</summary>
    public static void ReadItems(ReadOnlySpan<byte> request, OnItem onItem)
    {
        const int resources = 1, scopes = 2, items = 2;
        var requestReader = new ProtobufReader(request);
        while (requestReader.TryFind(resources, out var resource))
        {
            var service = ServiceOf(resource);
            var resourceReader = new ProtobufReader(resource);
            while (resourceReader.TryFind(scopes, out var scope))
            {
                var scopeReader = new ProtobufReader(scope);
                while (scopeReader.TryFind(items, out var item))
                {
                    onItem(service, item);
                }
            }
        }
    }

    /// <summary>The points of a metric; of a histogram or a sum, if it is one of the wanted, also what they hold.</summary>
    /// <returns>How many points there are, whatever kind of metric it is.</returns>
    public static int ReadMetric(ReadOnlySpan<byte> metric, IReadOnlySet<string> wanted, List<HistogramSeries> histograms, Dictionary<string, double> counters)
    {
        const int name = 1, gauge = 5, sum = 7, histogram = 9, exponential = 10, summary = 11, points = 1;
        var count = 0;
        var metricName = "";
        var reader = new ProtobufReader(metric);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case name:
                    metricName = reader.ReadString();
                    break;
                case gauge or sum or histogram or exponential or summary:
                    var isWanted = wanted.Contains(metricName);
                    var kind = reader.Field;
                    var data = new ProtobufReader(reader.ReadBytes());
                    while (data.TryFind(points, out var point))
                    {
                        count++;
                        if (isWanted && kind == sum)
                        {
                            var (key, value) = ReadSumPoint(metricName, point);
                            counters[key] = value;
                        }
                        else if (isWanted && kind == histogram)
                        {
                            histograms.Add(ReadHistogramPoint(metricName, point));
                        }
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return count;
    }

    private static (string Key, double Value) ReadSumPoint(string metric, ReadOnlySpan<byte> point)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        double value = 0;
        var reader = new ProtobufReader(point);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 7:
                    var (key, text) = ReadAttribute(reader.ReadBytes());
                    attributes[key] = text;
                    break;
                case 4:
                    value = reader.ReadDouble();
                    break;
                case 6:
                    value = (long)reader.ReadFixed64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (string.Join(' ', attributes.Select(a => $"{a.Key}={a.Value}").Prepend(metric)), value);
    }

    private static HistogramSeries ReadHistogramPoint(string metric, ReadOnlySpan<byte> point)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        ulong count = 0;
        double sum = 0;
        ulong[] buckets = [];
        double[] bounds = [];
        var reader = new ProtobufReader(point);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 9:
                    var (key, value) = ReadAttribute(reader.ReadBytes());
                    attributes[key] = value;
                    break;
                case 4:
                    count = reader.ReadFixed64();
                    break;
                case 5:
                    sum = reader.ReadDouble();
                    break;
                case 6:
                    buckets = [.. MemoryMarshal.Cast<byte, ulong>(reader.ReadBytes())];
                    break;
                case 7:
                    bounds = [.. MemoryMarshal.Cast<byte, double>(reader.ReadBytes())];
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return buckets.Length == bounds.Length + 1
            ? new HistogramSeries(metric, attributes, (long)count, sum, bounds, [.. buckets.Select(b => (long)b)])
            : throw new InvalidDataException($"A point of {metric} has {bounds.Length} bounds and {buckets.Length} buckets.");
    }

    private static string ServiceOf(ReadOnlySpan<byte> resourceItems)
    {
        const int resource = 1, attribute = 1;
        var reader = new ProtobufReader(resourceItems);
        while (reader.TryFind(resource, out var found))
        {
            var attributes = new ProtobufReader(found);
            while (attributes.TryFind(attribute, out var pair))
            {
                if (ReadAttribute(pair) is (ServiceName, var service))
                {
                    return service;
                }
            }
        }

        return "unknown";
    }

    /// <summary>A value that is no string counts as an empty one: nobody asks for those.</summary>
    private static (string Key, string Value) ReadAttribute(ReadOnlySpan<byte> pair)
    {
        const int keyField = 1, valueField = 2, stringValue = 1;
        var (key, value) = ("", "");
        var reader = new ProtobufReader(pair);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case keyField:
                    key = reader.ReadString();
                    break;
                case valueField:
                    var any = new ProtobufReader(reader.ReadBytes());
                    value = any.TryFind(stringValue, out var text) ? Encoding.UTF8.GetString(text) : "";
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (key, value);
    }

    /// <summary>Goes to the next field of that number, which must be a string or a message, past all others.</summary>
    private static bool TryFind(this ref ProtobufReader reader, int field, out ReadOnlySpan<byte> bytes)
    {
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                bytes = reader.ReadBytes();
                return true;
            }

            reader.Skip();
        }

        bytes = default;
        return false;
    }
}
