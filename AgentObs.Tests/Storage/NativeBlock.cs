using System.Buffers;
using System.Text;

namespace AgentObs.Tests.Storage;

/// <summary>
/// A Native block of revision 0 with columns of strings, numbers and maps: what Ingest writes, as small as tests need it.
/// </summary>
internal sealed class NativeBlock(int rows)
{
    private readonly ArrayBufferWriter<byte> columns = new();
    private readonly List<string> names = [];

    internal IReadOnlyList<string> Names => names;

    internal NativeBlock Times(string name, Func<int, long> nanoseconds) => Column(name, "DateTime64(9)", i => columns.Write(BitConverter.GetBytes(nanoseconds(i))));

    internal NativeBlock Numbers(string name, Func<int, ulong> value) => Column(name, "UInt64", i => columns.Write(BitConverter.GetBytes(value(i))));

    internal NativeBlock Strings(string name, Func<int, string> text) => Column(name, "String", i => Text(columns, text(i)));

    internal NativeBlock Maps(string name, Func<int, (string Key, string Value)[]> pairs)
    {
        var offset = 0UL;
        Column(name, "Map(String, String)", i => columns.Write(BitConverter.GetBytes(offset += (ulong)pairs(i).Length)));
        var all = Enumerable.Range(0, rows).SelectMany(pairs).ToArray();
        Array.ForEach(all, pair => Text(columns, pair.Key));
        Array.ForEach(all, pair => Text(columns, pair.Value));
        return this;
    }

    internal byte[] ToArray()
    {
        var block = new ArrayBufferWriter<byte>();
        Varint(block, (ulong)names.Count);
        Varint(block, (ulong)rows);
        block.Write(columns.WrittenSpan);
        return block.WrittenSpan.ToArray();
    }

    private NativeBlock Column(string name, string type, Action<int> write)
    {
        names.Add(name);
        Text(columns, name);
        Text(columns, type);
        for (var i = 0; i < rows; i++)
        {
            write(i);
        }

        return this;
    }

    private static void Text(ArrayBufferWriter<byte> to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Varint(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Varint(ArrayBufferWriter<byte> to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to.Write([(byte)(value | 0x80)]);
        }

        to.Write([(byte)value]);
    }
}
