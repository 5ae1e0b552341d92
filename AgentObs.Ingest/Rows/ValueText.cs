using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>
/// The text of an OTLP AnyValue, as otelcol-contrib's clickhouse exporter stores it (pdata's <c>Value.AsString</c>): strings as they are,
/// <c>true</c>, <c>-7</c>, <c>1e+21</c>, base64 for bytes, JSON for lists and maps, the empty string for an empty value.
/// </summary>
internal sealed class ValueText : IDisposable
{
    private readonly PooledBuffer scratch = new();
    private readonly ValueJson json = new();

    /// <summary>Writes the value as one string. False when it is over <see cref="IngestLimits"/>.</summary>
    public bool Write(ReadOnlySpan<byte> body, WireSlice value, PooledBuffer target)
    {
        var read = AnyValueField.Read(body, value);
        switch (read.Field)
        {
            case AnyValueField.String:
                target.WriteText(read.Slice.Of(body));
                return true;
            case AnyValueField.Bool:
                target.WriteString(read.Bits != 0 ? "true"u8 : "false"u8);
                return true;
            case AnyValueField.Int:
            case AnyValueField.Double:
                Span<byte> digits = stackalloc byte[NumberText.MaxBytes];
                var length = read.Field == AnyValueField.Int
                    ? NumberText.Format((long)read.Bits, digits)
                    : NumberText.Format(BitConverter.UInt64BitsToDouble(read.Bits), digits);
                target.WriteString(digits[..length]);
                return true;
            case AnyValueField.Bytes:
                scratch.Clear();
                Base64Text.Write(scratch, read.Slice.Of(body));
                target.WriteText(scratch.Written);
                return true;
            case AnyValueField.Array:
            case AnyValueField.Map:
                scratch.Clear();
                var result = json.Write(body, read, scratch);
                target.WriteText(result == ValueJsonResult.Written ? scratch.Written : default);
                return result != ValueJsonResult.OverLimits;
            default:
                target.WriteString(default);
                return true;
        }
    }

    public void Dispose() => scratch.Dispose();
}
