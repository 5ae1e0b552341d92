using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>
/// Lists and maps as JSON, byte for byte as Go's encoding/json with HTML escaping off writes them: no blanks, keys sorted, the last of
/// equal keys wins, bytes as base64, an empty value as <c>null</c>: <c>{"a":"x","arr":[true,1.5,"AP8="],"n":null}</c>.
/// </summary>
internal sealed class ValueJson
{
    private AttributeEntry[] entries = new AttributeEntry[64];
    private int used;

    public ValueJsonResult Write(ReadOnlySpan<byte> body, in AnyValueField value, PooledBuffer target)
    {
        used = 0;
        return Any(body, value, target, 0);
    }

    private ValueJsonResult Any(ReadOnlySpan<byte> body, in AnyValueField value, PooledBuffer target, int depth)
    {
        switch (value.Field)
        {
            case AnyValueField.String:
                JsonText.Write(target, value.Slice.Of(body));
                return ValueJsonResult.Written;
            case AnyValueField.Bool:
                target.Write(value.Bits != 0 ? "true"u8 : "false"u8);
                return ValueJsonResult.Written;
            case AnyValueField.Int:
                target.Advance(NumberText.Format((long)value.Bits, target.Room(NumberText.MaxBytes)));
                return ValueJsonResult.Written;
            case AnyValueField.Double:
                var number = BitConverter.UInt64BitsToDouble(value.Bits);
                if (!double.IsFinite(number))
                {
                    return ValueJsonResult.NotJson;
                }

                target.Advance(NumberText.Format(number, target.Room(NumberText.MaxBytes)));
                return ValueJsonResult.Written;
            case AnyValueField.Bytes:
                target.WriteByte((byte)'"');
                Base64Text.Write(target, value.Slice.Of(body));
                target.WriteByte((byte)'"');
                return ValueJsonResult.Written;
            case AnyValueField.Array:
                return depth == IngestLimits.Depth ? ValueJsonResult.OverLimits : List(body, value.Slice, target, depth + 1);
            case AnyValueField.Map:
                return depth == IngestLimits.Depth ? ValueJsonResult.OverLimits : Map(body, value.Slice, target, depth + 1);
            default:
                target.Write("null"u8);
                return ValueJsonResult.Written;
        }
    }

    private ValueJsonResult List(ReadOnlySpan<byte> body, WireSlice list, PooledBuffer target, int depth)
    {
        target.WriteByte((byte)'[');
        var isFirst = true;
        var reader = new WireReader(body, list, OtlpSchema.ArrayValue);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            if (!isFirst)
            {
                target.WriteByte((byte)',');
            }

            isFirst = false;
            var result = Any(body, AnyValueField.Read(body, reader.Slice()), target, depth);
            if (result != ValueJsonResult.Written)
            {
                return result;
            }
        }

        target.WriteByte((byte)']');
        return ValueJsonResult.Written;
    }

    private ValueJsonResult Map(ReadOnlySpan<byte> body, WireSlice map, PooledBuffer target, int depth)
    {
        var first = used;
        var reader = new WireReader(body, map, OtlpSchema.KeyValueList);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
            }
            else if (used == IngestLimits.Attributes)
            {
                return ValueJsonResult.OverLimits;
            }
            else
            {
                Push(AttributeEntry.Read(body, reader.Slice()));
            }
        }

        var last = used;
        AttributeSort.Sort(entries.AsSpan(first, last - first), body);
        target.WriteByte((byte)'{');
        var isFirst = true;
        for (var i = first; i < last; i++)
        {
            var entry = entries[i];
            if (i + 1 < last && AttributeEntry.CompareKeys(entry, entries[i + 1], body) == 0)
            {
                continue;
            }

            if (!isFirst)
            {
                target.WriteByte((byte)',');
            }

            isFirst = false;
            JsonText.Write(target, entry.Key.Of(body));
            target.WriteByte((byte)':');
            var result = Any(body, AnyValueField.Read(body, entry.Value), target, depth);
            if (result != ValueJsonResult.Written)
            {
                return result;
            }
        }

        target.WriteByte((byte)'}');
        used = first;
        return ValueJsonResult.Written;
    }

    private void Push(AttributeEntry entry)
    {
        if (used == entries.Length)
        {
            Array.Resize(ref entries, 2 * used);
        }

        entries[used++] = entry;
    }
}
