using System.Text.Json;

namespace AgentObs.Cli.Rewriting;

/// <summary>Walks an OTLP request in JSON and tells a visitor where ids, times and texts stand.</summary>
internal static class OtlpJson
{
    /// <exception cref="InvalidDataException">The bytes are not JSON.</exception>
    public static void Walk(ReadOnlySpan<byte> body, IOtlpVisitor visitor)
    {
        var reader = new Utf8JsonReader(body);
        // Names of the arrays around the current token; the record a time belongs to is the innermost one begun.
        var arrays = new Stack<string>();
        var containers = new Stack<bool>();
        var property = "";
        var key = ReadOnlySpan<byte>.Empty;
        var record = OtlpRecord.None;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        property = reader.GetString()!;
                        break;
                    case JsonTokenType.StartArray:
                        arrays.Push(property);
                        containers.Push(true);
                        break;
                    case JsonTokenType.EndArray:
                        arrays.Pop();
                        containers.Pop();
                        break;
                    case JsonTokenType.StartObject:
                        if (containers.TryPeek(out var inArray) && inArray && RecordOf(arrays.Peek()) is var begun and not OtlpRecord.None)
                        {
                            record = begun;
                            visitor.Record(begun);
                        }

                        containers.Push(false);
                        break;
                    case JsonTokenType.EndObject:
                        containers.Pop();
                        break;
                    case JsonTokenType.String when property is "key":
                        key = reader.ValueSpan;
                        break;
                    case JsonTokenType.String or JsonTokenType.Number:
                        Value(in reader, property, key, record, visitor);
                        break;
                    default:
                        break;
                }
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    private static void Value(in Utf8JsonReader reader, string property, ReadOnlySpan<byte> key, OtlpRecord record, IOtlpVisitor visitor)
    {
        var isText = reader.TokenType == JsonTokenType.String;
        var offset = (int)reader.TokenStartIndex + (isText ? 1 : 0);
        var length = reader.ValueSpan.Length;
        if (property.EndsWith("imeUnixNano", StringComparison.Ordinal) || property.EndsWith("time_unix_nano", StringComparison.Ordinal))
        {
            visitor.Time(offset, length, record);
        }
        else if (isText && property is "traceId" or "spanId" or "parentSpanId" or "trace_id" or "span_id" or "parent_span_id")
        {
            visitor.Id(offset, length);
        }
        else if (isText)
        {
            visitor.Text(property is "stringValue" or "string_value" ? key : default, offset, length);
        }
    }

    private static OtlpRecord RecordOf(string array) => array switch
    {
        "spans" => OtlpRecord.Span,
        "logRecords" or "log_records" => OtlpRecord.Log,
        "dataPoints" or "data_points" => OtlpRecord.Point,
        _ => OtlpRecord.None,
    };
}
