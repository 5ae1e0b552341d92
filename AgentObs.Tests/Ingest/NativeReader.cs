using System.Globalization;
using System.Text;

namespace AgentObs.Tests.Ingest;

/// <summary>
/// Reads ClickHouse Native blocks of revision 0, LowCardinality included, into rows of column name and printed value.
/// Written from the format, independently of the writer under test.
/// </summary>
/// <param name="bytes">The blocks.</param>
/// <param name="keepsMapOrder">Prints maps in the order they are stored in; else sorted, as sets.</param>
internal sealed class NativeReader(byte[] bytes, bool keepsMapOrder = false)
{
    private int at;

    public static List<Dictionary<string, string>> ReadAll(byte[] bytes, bool keepsMapOrder = false)
    {
        var reader = new NativeReader(bytes, keepsMapOrder);
        var rows = new List<Dictionary<string, string>>();
        while (reader.at < bytes.Length)
        {
            rows.AddRange(reader.Block());
        }

        return rows;
    }

    private List<Dictionary<string, string>> Block()
    {
        var columns = (int)Varint();
        var count = (int)Varint();
        var rows = Enumerable.Range(0, count).Select(_ => new Dictionary<string, string>()).ToList();
        for (var c = 0; c < columns; c++)
        {
            var name = Text();
            var type = Text();
            Prefix(type);
            var values = Values(type, count);
            for (var r = 0; r < count; r++)
            {
                rows[r].Add(name, values[r]);
            }
        }

        return rows;
    }

    private void Prefix(string type)
    {
        if (Inner(type, "LowCardinality") is not null)
        {
            at += 8;
        }
        else if (Inner(type, "Array") is { } element)
        {
            Prefix(element);
        }
        else if (Inner(type, "Map") is { } pair)
        {
            var comma = pair.LastIndexOf(", ", StringComparison.Ordinal);
            Prefix(pair[..comma]);
            Prefix(pair[(comma + 2)..]);
        }
    }

    private List<string> Values(string type, int count)
    {
        if (Inner(type, "LowCardinality") is not null)
        {
            return Dictionary(count);
        }

        if (Inner(type, "Array") is { } element)
        {
            var ends = Ends(count);
            var items = Values(element, ends[^1]);
            return Cut(ends, (from, to) => "[" + string.Join(" | ", items[from..to]) + "]");
        }

        if (Inner(type, "Map") is { } pair)
        {
            var comma = pair.LastIndexOf(", ", StringComparison.Ordinal);
            var ends = Ends(count);
            var keys = Values(pair[..comma], ends[^1]);
            var values = Values(pair[(comma + 2)..], ends[^1]);

            // The exporter's order of equal keys changes with the number of attributes: they are compared as a set.
            return Cut(ends, (from, to) =>
            {
                var entries = Enumerable.Range(from, to - from).Select(i => keys[i] + "=" + values[i]);
                return "{" + string.Join("; ", keepsMapOrder ? entries : entries.Order(StringComparer.Ordinal)) + "}";
            });
        }

        return [.. Enumerable.Range(0, count).Select(_ => Scalar(type))];
    }

    private string Scalar(string type) => type switch
    {
        "String" => Text(),
        "UInt8" or "Bool" => bytes[at++].ToString(CultureInfo.InvariantCulture),
        "Int32" => BitConverter.ToInt32(Take(4)).ToString(CultureInfo.InvariantCulture),
        "UInt32" => BitConverter.ToUInt32(Take(4)).ToString(CultureInfo.InvariantCulture),
        "UInt64" => BitConverter.ToUInt64(Take(8)).ToString(CultureInfo.InvariantCulture),
        "Float64" => BitConverter.ToDouble(Take(8)).ToString("R", CultureInfo.InvariantCulture),
        "DateTime64(9)" => BitConverter.ToInt64(Take(8)).ToString(CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(type),
    };

    private List<string> Dictionary(int count)
    {
        if (count == 0)
        {
            return [];
        }

        var width = 1 << (int)(BitConverter.ToUInt64(Take(8)) & 3);
        var words = Enumerable.Range(0, (int)BitConverter.ToUInt64(Take(8))).Select(_ => Text()).ToList();
        var rows = (int)BitConverter.ToUInt64(Take(8));
        return [.. Enumerable.Range(0, rows).Select(_ => words[Take(width).ToArray().Select((b, i) => b << (8 * i)).Sum()])];
    }

    private int[] Ends(int count) => [.. Enumerable.Range(0, count).Select(_ => (int)BitConverter.ToUInt64(Take(8))).DefaultIfEmpty(0)];

    private static List<string> Cut(int[] ends, Func<int, int, string> print) =>
        [.. ends.Select((end, i) => print(i == 0 ? 0 : ends[i - 1], end))];

    /// <summary>Bytes that are not UTF-8 stay distinguishable: Latin-1.</summary>
    private string Text() => Encoding.Latin1.GetString(Take((int)Varint()));

    private ReadOnlySpan<byte> Take(int count)
    {
        at += count;
        return bytes.AsSpan(at - count, count);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static string? Inner(string type, string name) =>
        type.StartsWith(name + "(", StringComparison.Ordinal) ? type[(name.Length + 1)..^1] : null;
}
