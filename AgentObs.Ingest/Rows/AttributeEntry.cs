using System.Buffers.Binary;
using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Where a key and its value stand in the body.</summary>
/// <param name="Prefix">The key's first eight bytes as a big-endian number, so that most comparisons need not touch the body.</param>
/// <param name="Key">The key's bytes.</param>
/// <param name="Value">The AnyValue message; empty where there is none.</param>
internal readonly record struct AttributeEntry(ulong Prefix, WireSlice Key, WireSlice Value)
{
    public static AttributeEntry Read(ReadOnlySpan<byte> body, WireSlice keyValue)
    {
        WireSlice key = default, value = default;
        var reader = new WireReader(body, keyValue, OtlpSchema.KeyValue);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.Slice();
                    break;
                case 2:
                    value = reader.Slice();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new AttributeEntry(PrefixOf(key.Of(body)), key, value);
    }

    /// <summary>By key bytes. Shorter keys are padded with zero in the prefix, so only equal prefixes need the bytes.</summary>
    public static int CompareKeys(in AttributeEntry left, in AttributeEntry right, ReadOnlySpan<byte> body) =>
        left.Prefix != right.Prefix ? left.Prefix.CompareTo(right.Prefix) : left.Key.Of(body).SequenceCompareTo(right.Key.Of(body));

    private static ulong PrefixOf(ReadOnlySpan<byte> key)
    {
        if (key.Length >= 8)
        {
            return BinaryPrimitives.ReadUInt64BigEndian(key);
        }

        var prefix = 0UL;
        for (var i = 0; i < key.Length; i++)
        {
            prefix |= (ulong)key[i] << (56 - (8 * i));
        }

        return prefix;
    }
}
