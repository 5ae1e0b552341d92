using System.Text;

namespace AgentObs.Ingest.Wire;

/// <summary>One field of an OTLP message.</summary>
/// <param name="Name">The proto file's name: <c>start_time_unix_nano</c>.</param>
/// <param name="Number">The field's number on the wire.</param>
/// <param name="Type">Type of the value.</param>
/// <param name="Repeated">True for lists; numbers may then be packed.</param>
/// <param name="Message">The message of a field of type <see cref="OtlpFieldType.Message"/>.</param>
/// <param name="EnumNames">Names by number of an enum: index 0 is <c>SPAN_KIND_UNSPECIFIED</c>.</param>
internal sealed record OtlpField(
    string Name, int Number, OtlpFieldType Type, bool Repeated = false, OtlpMessage? Message = null, string[]? EnumNames = null)
{
    /// <summary>The name in OTLP/JSON: <c>startTimeUnixNano</c>.</summary>
    public string JsonName { get; } = ToLowerCamel(Name);

    /// <summary>A point in time in nanoseconds since 1970 (all of them are fixed64).</summary>
    public bool IsTime { get; } = Type == OtlpFieldType.Fixed64 && Name.EndsWith("time_unix_nano", StringComparison.Ordinal);

    /// <summary>0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes; that of one element where the field is repeated.</summary>
    public int WireType => Type switch
    {
        OtlpFieldType.Text or OtlpFieldType.Bytes or OtlpFieldType.Id or OtlpFieldType.Message => 2,
        OtlpFieldType.Fixed64 or OtlpFieldType.SFixed64 or OtlpFieldType.Real => 1,
        OtlpFieldType.Fixed32 => 5,
        _ => 0,
    };

    internal byte[] NameUtf8 { get; } = Encoding.UTF8.GetBytes(Name);

    internal byte[] JsonNameUtf8 { get; } = Encoding.UTF8.GetBytes(ToLowerCamel(Name));

    private static string ToLowerCamel(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            text.Append(name[i] == '_' ? char.ToUpperInvariant(name[++i]) : name[i]);
        }

        return text.ToString();
    }
}
