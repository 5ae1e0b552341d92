using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentObs.Ingest.Rows;

namespace AgentObs.Ingest.Wire;

/// <summary>
/// OTLP/JSON into the protobuf wire, driven by <see cref="OtlpSchema"/>, so that one decoder makes the rows of both encodings.
/// Names in lowerCamelCase or snake_case; ids as hex; 64-bit numbers as string or number; enums as number or name; bytes as base64;
/// <c>null</c> is an absent field; unknown fields are ignored (opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding").
/// </summary>
internal ref struct JsonTranscoder
{
    /// <summary>JSON levels. A value nested <see cref="IngestLimits.Depth"/> deep takes three a level, above it stand about ten.</summary>
    public const int MaxDepth = 256;

    private const int LengthBytes = 4;

    private readonly PooledBuffer target;
    private readonly List<JsonStep> path = [];
    private Utf8JsonReader reader;

    private JsonTranscoder(ReadOnlySpan<byte> json, PooledBuffer target)
    {
        this.target = target;
        reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <exception cref="OtlpFormatException">Not JSON, or not this message; names the JSON path.</exception>
    public static void Transcode(ReadOnlySpan<byte> json, OtlpMessage message, PooledBuffer target)
    {
        var byteOrderMark = Encoding.UTF8.Preamble;
        var transcoder = new JsonTranscoder(json.StartsWith(byteOrderMark) ? json[byteOrderMark.Length..] : json, target);
        try
        {
            transcoder.reader.Read();
            transcoder.Message(message);
            transcoder.reader.Read();
        }
        catch (InvalidOperationException e)
        {
            // What the reader throws for a name with half of a surrogate pair, "\ud800": the tokens are right, the text is none.
            throw new OtlpFormatException($"{transcoder.Path()}: not text: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new OtlpFormatException(
                string.Create(CultureInfo.InvariantCulture, $"{transcoder.Path()}: not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine}: {Cause(e)}"), e);
        }
    }

    private void Message(OtlpMessage message)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Throw($"expected an object ({message.Name})");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueIsEscaped ? message.Find(Encoding.UTF8.GetBytes(reader.GetString()!)) : message.Find(reader.ValueSpan);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                path.Add(new JsonStep(field, -1));
                Field(field);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    private void Field(OtlpField field)
    {
        if (!field.Repeated)
        {
            Value(field);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Throw("expected a list");
        }

        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            path[^1] = new JsonStep(field, index);
            Value(field);
        }
    }

    private void Value(OtlpField field)
    {
        target.WriteVarint((ulong)(field.Number << 3 | field.WireType));
        switch (field.Type)
        {
            case OtlpFieldType.Message:
                // The length is known only afterwards: room for it is left, and filled with a varint of fixed width.
                var start = target.Length;
                target.Write([0, 0, 0, 0]);
                Message(field.Message!);
                PatchLength(start, target.Length - start - LengthBytes);
                break;
            case OtlpFieldType.Text:
                ExpectString();
                var at = target.Length;
                target.Write([0, 0, 0, 0]);
                JsonStrings.Unescape(reader.ValueSpan, reader.ValueIsEscaped, target);
                PatchLength(at, target.Length - at - LengthBytes);
                break;
            case OtlpFieldType.Id:
                Id();
                break;
            case OtlpFieldType.Bytes:
                ExpectString();
                target.WriteString(JsonStrings.TryBase64(ref reader, out var bytes) ? bytes : ThrowBytes("expected base64"));
                break;
            case OtlpFieldType.Flag:
                if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                {
                    Throw("expected true or false");
                }

                target.WriteVarint(reader.TokenType == JsonTokenType.True ? 1UL : 0);
                break;
            case OtlpFieldType.Signed:
                target.WriteVarint((ulong)Signed());
                break;
            case OtlpFieldType.Unsigned:
                target.WriteVarint(Unsigned());
                break;
            case OtlpFieldType.Zigzag:
                var value = Signed();
                target.WriteVarint((uint)((int)value << 1 ^ (int)value >> 31));
                break;
            case OtlpFieldType.Fixed32:
                target.WriteInt32((int)(uint)Unsigned());
                break;
            case OtlpFieldType.Fixed64:
                target.WriteUInt64(Unsigned());
                break;
            case OtlpFieldType.SFixed64:
                target.WriteUInt64((ulong)Signed());
                break;
            case OtlpFieldType.Real:
                target.WriteUInt64(BitConverter.DoubleToUInt64Bits(Real()));
                break;
            case OtlpFieldType.Choice:
                target.WriteVarint((ulong)Choice(field));
                break;
        }
    }

    private void Id()
    {
        ExpectString();
        var hex = reader.ValueSpan;
        if (reader.ValueIsEscaped || !JsonStrings.IsHex(hex))
        {
            Throw("expected hex digits");
        }

        // An odd number of digits is no number of bytes: it goes on as one byte, which no id has, so that only its record is refused.
        if (hex.Length % 2 != 0)
        {
            target.WriteString([0]);
            return;
        }

        target.WriteVarint((ulong)hex.Length / 2);
        Convert.FromHexString(hex, target.Room(hex.Length / 2), out _, out var written);
        target.Advance(written);
    }

    private readonly long Signed()
    {
        if (JsonStrings.TrySigned(reader, out var value))
        {
            return value;
        }

        Throw("expected a signed 64-bit integer as number or string");
        return 0;
    }

    private readonly ulong Unsigned()
    {
        if (JsonStrings.TryUnsigned(reader, out var value))
        {
            return value;
        }

        Throw("expected an unsigned 64-bit integer as number or string");
        return 0;
    }

    private readonly double Real()
    {
        if (JsonStrings.TryReal(reader, out var value))
        {
            return value;
        }

        Throw("expected a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
        return 0;
    }

    private readonly long Choice(OtlpField field)
    {
        if (JsonStrings.TrySigned(reader, out var number))
        {
            return number;
        }

        var name = reader.TokenType == JsonTokenType.String ? Encoding.UTF8.GetString(reader.ValueSpan) : "";
        var index = Array.IndexOf(field.EnumNames!, name);
        if (index < 0)
        {
            Throw("expected a number or one of " + string.Join(", ", field.EnumNames!.Take(3)) + ", ...");
        }

        return index;
    }

    private readonly void ExpectString()
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Throw("expected a string");
        }
    }

    private readonly void PatchLength(int start, int length)
    {
        var room = target.Patch(start, LengthBytes);
        for (var i = 0; i < LengthBytes; i++)
        {
            room[i] = (byte)(length >> (7 * i) & 0x7f | (i < LengthBytes - 1 ? 0x80 : 0));
        }
    }

    private readonly byte[] ThrowBytes(string problem)
    {
        Throw(problem);
        return [];
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private readonly void Throw(string problem) => throw new OtlpFormatException($"{Path()}: {problem}");

    /// <summary><c>resourceSpans[0].scopeSpans[1].spans[2].kind</c>.</summary>
    private readonly string Path()
    {
        var text = new StringBuilder();
        foreach (var (field, index) in path)
        {
            text.Append(text.Length > 0 ? "." : "").Append(field.JsonName);
            if (index >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
        }

        return text.Length > 0 ? text.ToString() : "body";
    }

    /// <summary>JsonException repeats its position at the end of its message.</summary>
    private static string Cause(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end > 0 ? e.Message[..end] : e.Message;
    }
}
