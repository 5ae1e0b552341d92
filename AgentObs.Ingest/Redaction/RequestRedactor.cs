using System.Runtime.InteropServices;
using System.Text;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Redaction;

/// <summary>
/// Takes the secrets out of an OTLP request before it is decoded: whatever the tables hold of a sender's text is a string or bytes field
/// of the wire, so one walk by <see cref="OtlpSchema"/> reaches names, attributes, bodies, events, links, scopes and resources alike.
/// The body is looked through once for literals; only fields around one are read, and only a body with a secret is written anew.
/// Not thread-safe; reused.
/// </summary>
internal sealed class RequestRedactor(SecretList secrets) : IDisposable
{
    /// <summary>Scratch memory that is kept from request to request.</summary>
    public const int KeptBytes = 64 * 1024;

    /// <summary>Between the texts of a list: a blank to every shape, a line end to none.</summary>
    private const byte Between = (byte)'\v';

    private readonly List<int> hits = [];
    private readonly List<RedactionEdit> edits = [];
    private readonly PooledBuffer scratch = new();
    private readonly PooledBuffer joined = new();
    private readonly SecretFinder finder = new(secrets);
    private readonly long[] counts = new long[secrets.Kinds.Count];

    /// <summary>Secrets taken out of the last request, by kind.</summary>
    public Dictionary<string, long> Count() =>
        counts.Select((count, kind) => (Kind: secrets.Kinds[kind], Count: count)).Where(c => c.Count > 0).ToDictionary(c => c.Kind, c => c.Count);

    /// <summary>Writes the request without its secrets. False, and nothing written, when it has none.</summary>
    /// <exception cref="OtlpFormatException">The body is not an OTLP message.</exception>
    public bool Redact(ReadOnlySpan<byte> body, OtlpMessage request, PooledBuffer target)
    {
        hits.Clear();
        edits.Clear();
        scratch.Clear();
        Array.Clear(counts);
        for (var at = secrets.Filter.Next(body, 0, out _); at >= 0; at = secrets.Filter.Next(body, at + 1, out _))
        {
            hits.Add(at);
        }

        if (hits.Count == 0)
        {
            return false;
        }

        var whole = new WireSlice(0, body.Length);
        Walk(body, whole, request, 0);
        if (edits.Count == 0)
        {
            return false;
        }

        edits.Sort((a, b) => a.Start.CompareTo(b.Start));
        Rewrite(body, whole, request, target);
        return true;
    }

    public void Dispose()
    {
        scratch.Dispose();
        joined.Dispose();
    }

    private void Walk(ReadOnlySpan<byte> body, WireSlice slice, OtlpMessage message, int depth, bool isNamedSecret = false)
    {
        var isSecret = message == OtlpSchema.KeyValue && IsBlockedPair(body, slice, isNamedSecret);
        var namesSecret = message == OtlpSchema.KeyValueList && NamesSecret(body, slice);
        var reader = new WireReader(body, slice, message);
        while (reader.Next())
        {
            if (message.Find(reader.Field) is not { Type: OtlpFieldType.Text or OtlpFieldType.Bytes or OtlpFieldType.Message } field)
            {
                reader.Skip();
                continue;
            }

            var value = reader.Slice();
            if (isSecret && field.Message == OtlpSchema.AnyValue)
            {
                Block(body, value);
            }
            else if (!HasHit(value) && !namesSecret)
            {
                continue;
            }
            else if (field.Message is null)
            {
                ReplaceText(body, value);
            }
            else if (field.Message == OtlpSchema.ArrayValue)
            {
                WalkList(body, value, depth);
            }
            else if (field.Message != OtlpSchema.AnyValue)
            {
                Walk(body, value, field.Message, depth, namesSecret);
            }
            else if (depth <= IngestLimits.Depth)
            {
                // Deeper values are refused with their record.
                Walk(body, value, field.Message, depth + 1);
            }
        }
    }

    /// <summary>A list's texts are read as one, because a secret may stand behind its name: <c>["--password","hunter22"]</c>.</summary>
    private void WalkList(ReadOnlySpan<byte> body, WireSlice list, int depth)
    {
        List<WireSlice> texts = [];
        joined.Clear();
        var reader = new WireReader(body, list, OtlpSchema.ArrayValue);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var element = reader.Slice();
            var read = AnyValueField.Read(body, element);
            if (read.Field == AnyValueField.String)
            {
                texts.Add(read.Slice);
                joined.Write(read.Slice.Of(body));
                joined.WriteByte(Between);
            }
        }

        if (finder.Find(joined.Written))
        {
            ReplaceTexts(body, texts);
        }

        reader = new WireReader(body, list, OtlpSchema.ArrayValue);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
            }
            else if (reader.Slice() is var element && depth <= IngestLimits.Depth && HasHit(element) && AnyValueField.Read(body, element).Field != AnyValueField.String)
            {
                Walk(body, element, OtlpSchema.AnyValue, depth + 1);
            }
        }
    }

    private void ReplaceTexts(ReadOnlySpan<byte> body, List<WireSlice> texts)
    {
        var offset = 0;
        foreach (var text in texts)
        {
            if (finder.HasCut(offset, offset + text.Length))
            {
                var start = scratch.Length;
                finder.Write(text.Of(body), offset, scratch);
                edits.Add(new RedactionEdit(text.Start, text.Length, start, scratch.Length - start));
            }

            offset += text.Length + 1;
        }

        CountCuts();
    }

    private bool IsBlockedPair(ReadOnlySpan<byte> body, WireSlice pair, bool isNamedSecret)
    {
        var key = AttributeEntry.Read(body, pair).Key.Of(body);
        return IsBlocked(key) || (isNamedSecret && key.SequenceEqual("value"u8));
    }

    /// <summary>A map that is a name and its value: <c>{"name":"DB_PASSWORD","value":"hunter22"}</c>.</summary>
    private bool NamesSecret(ReadOnlySpan<byte> body, WireSlice map)
    {
        var reader = new WireReader(body, map, OtlpSchema.KeyValueList);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var entry = AttributeEntry.Read(body, reader.Slice());
            if ((entry.Key.Of(body).SequenceEqual("name"u8) || entry.Key.Of(body).SequenceEqual("key"u8))
                && AnyValueField.Read(body, entry.Value) is { Field: AnyValueField.String } name && IsBlocked(name.Slice.Of(body)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBlocked(ReadOnlySpan<byte> key) =>
        (secrets.Filter.Shapes(key) & SecretList.KeyBit) != 0 && secrets.BlockedKeys.Regex.IsMatch(Encoding.Latin1.GetString(key));

    /// <summary>Texts, bytes, lists and maps go whole; numbers, truth values and empty ones tell nothing.</summary>
    private void Block(ReadOnlySpan<byte> body, WireSlice value)
    {
        var read = AnyValueField.Read(body, value);
        var label = secrets.Labels[^1];
        if (read.Field is not (AnyValueField.String or AnyValueField.Bytes or AnyValueField.Array or AnyValueField.Map)
            || read.Slice.Length == 0 || read.Slice.Of(body).StartsWith("[redacted:"u8))
        {
            return;
        }

        var start = scratch.Length;
        scratch.WriteByte((AnyValueField.String << 3) | 2);
        scratch.WriteString(label);
        edits.Add(new RedactionEdit(value.Start, value.Length, start, scratch.Length - start));
        counts[^1]++;
    }

    private void ReplaceText(ReadOnlySpan<byte> body, WireSlice value)
    {
        var text = value.Of(body);
        if (!finder.Find(text))
        {
            return;
        }

        var start = scratch.Length;
        finder.Write(text, 0, scratch);
        edits.Add(new RedactionEdit(value.Start, value.Length, start, scratch.Length - start));
        CountCuts();
    }

    private void CountCuts()
    {
        foreach (var cut in finder.Cuts)
        {
            counts[cut.Kind]++;
        }
    }

    private bool HasHit(WireSlice slice)
    {
        var at = CollectionsMarshal.AsSpan(hits).BinarySearch(slice.Start);
        at = at < 0 ? ~at : at;
        return at < hits.Count && hits[at] < slice.End;
    }

    private void Rewrite(ReadOnlySpan<byte> body, WireSlice slice, OtlpMessage message, PooledBuffer target)
    {
        var copied = slice.Start;
        var reader = new WireReader(body, slice, message);
        for (var tag = reader.Position; reader.Next(); tag = reader.Position)
        {
            if (message.Find(reader.Field) is not { Type: OtlpFieldType.Text or OtlpFieldType.Bytes or OtlpFieldType.Message } field)
            {
                reader.Skip();
                continue;
            }

            var value = reader.Slice();
            if (!TryFindEdit(value, out var edit))
            {
                continue;
            }

            target.Write(body[copied..tag]);
            target.WriteVarint(((ulong)field.Number << 3) | 2);
            if (edit.Start == value.Start && edit.Length == value.Length)
            {
                target.WriteString(scratch.Written.Slice(edit.NewStart, edit.NewLength));
            }
            else
            {
                RewriteMessage(body, value, field.Message!, target);
            }

            copied = value.End;
        }

        target.Write(body[copied..slice.End]);
    }

    /// <summary>A message whose length shows only afterwards: the length takes five bytes, padded as protobuf allows.</summary>
    private void RewriteMessage(ReadOnlySpan<byte> body, WireSlice slice, OtlpMessage message, PooledBuffer target)
    {
        const int lengthBytes = 5;
        target.Room(lengthBytes);
        target.Advance(lengthBytes);
        var start = target.Length;
        Rewrite(body, slice, message, target);
        var length = target.Length - start;
        var room = target.Patch(start - lengthBytes, lengthBytes);
        for (var i = 0; i < lengthBytes; i++)
        {
            room[i] = (byte)((length >> (7 * i) & 0x7f) | (i < lengthBytes - 1 ? 0x80 : 0));
        }
    }

    /// <summary>The first edit inside a value.</summary>
    private bool TryFindEdit(WireSlice value, out RedactionEdit edit)
    {
        var (low, high) = (0, edits.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = edits[middle].Start < value.Start ? (middle + 1, high) : (low, middle);
        }

        edit = low < edits.Count ? edits[low] : default;
        return low < edits.Count && edit.Start < value.End;
    }
}
