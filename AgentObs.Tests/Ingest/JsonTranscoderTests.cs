using System.Text;
using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Ingest;

/// <summary>OTLP/JSON in all the spellings senders use gives the rows that the protobuf form gives.</summary>
public sealed class JsonTranscoderTests
{
    private const string Head = """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"scopeSpans":[{"scope":{"name":"n"},"spans":[""";
    private const string Tail = "]}]}]}";
    private const string Ids = "\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\"";

    [Theory]
    [InlineData("""{"startTimeUnixNano":"5","endTimeUnixNano":"9","kind":3,"spanId":"B7AD6B7169203331","traceId":"0AF7651916CD43DD8448EB211C80319C","unknown":{"a":[1,{"b":2}]}}""")]
    [InlineData("""{"span_id":"b7ad6b7169203331","start_time_unix_nano":5,"end_time_unix_nano":9.0,"kind":"SPAN_KIND_CLIENT","trace_id":"0af7651916cd43dd8448eb211c80319c","status":null}""")]
    public async Task Spellings(string span)
    {
        var row = await RowAsync(span);
        Assert.Equal("5", row["Timestamp"]);
        Assert.Equal("4", row["Duration"]);
        Assert.Equal("Client", row["SpanKind"]);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", row["TraceId"]);
        Assert.Equal("s", row["ServiceName"]);
        Assert.Equal("{service.name=s}", row["ResourceAttributes"]);
    }

    [Theory]
    [InlineData("""{"stringValue":"a\"b\u00e9\n\ud83d\ude00"}""", "a\"bé\n😀")]
    [InlineData("""{"stringValue":"cut \ud83d"}""", "cut \uFFFD")]
    [InlineData("""{"intValue":"-9223372036854775808"}""", "-9223372036854775808")]
    [InlineData("""{"intValue":1e3}""", "1000")]
    [InlineData("""{"doubleValue":"NaN"}""", "NaN")]
    [InlineData("""{"doubleValue":-0.5e-7}""", "-5e-8")]
    [InlineData("""{"boolValue":true}""", "true")]
    [InlineData("""{"bytesValue":"AAH+"}""", "AAH+")]
    [InlineData("""{"arrayValue":{"values":[{"stringValue":"<&>"},{},{"kvlistValue":{"values":[{"key":"z","value":{"boolValue":false}},{"key":"a"}]}}]}}""", """["<&>",null,{"a":null,"z":false}]""")]
    public async Task Values(string value, string expected)
    {
        var row = await RowAsync("{" + Ids + ""","attributes":[{"key":"k","value":""" + value + "}]}");
        Assert.Equal("{k=" + expected + "}", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(row["SpanAttributes"])));
    }

    [Theory]
    [InlineData("[]", "body: expected an object (ExportTraceServiceRequest)")]
    [InlineData("", "body: not JSON at line 1, byte 0")]
    [InlineData("{\"resourceSpans\":[{]}", "resourceSpans[0]: not JSON at line 1, byte 19")]
    [InlineData(Head + """{"kind":"SPAN_KIND_X"}""" + Tail, "resourceSpans[0].scopeSpans[0].spans[0].kind: expected a number or one of SPAN_KIND_UNSPECIFIED")]
    [InlineData(Head + """{},{"traceId":"xyz"}""" + Tail, "resourceSpans[0].scopeSpans[0].spans[1].traceId: expected hex digits")]
    [InlineData(Head + """{"startTimeUnixNano":-1}""" + Tail, "spans[0].startTimeUnixNano: expected an unsigned 64-bit integer")]
    [InlineData(Head + """{"attributes":{}}""" + Tail, "spans[0].attributes: expected a list")]
    [InlineData(Head + Tail + "x", "body: not JSON")]
    public void Errors_name_the_path(string json, string expected)
    {
        var error = Assert.Throws<OtlpFormatException>(() => DecodedRows.Decode("traces", Encoding.UTF8.GetBytes(json), isJson: true));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Odd_hex_refuses_its_record_only()
    {
        var batch = DecodedRows.Decode("traces", Encoding.UTF8.GetBytes(Head + """{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"abc"},{""" + Ids + "}" + Tail), isJson: true);
        Assert.Equal(1, batch.Accepted);
        Assert.Equal(1, batch.Rejected);
        Assert.Contains("Span.span_id", batch.Problem, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> RowAsync(string span)
    {
        var batch = DecodedRows.Decode("traces", Encoding.UTF8.GetBytes(Head + span + Tail), isJson: true);
        Assert.Equal("", batch.Problem);
        return Assert.Single((await DecodedRows.ReadAsync([batch]))["otel_traces"]);
    }
}
