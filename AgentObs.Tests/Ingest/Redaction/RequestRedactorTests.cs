using System.Text;
using System.Text.Json;
using AgentObs.Ingest.Redaction;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Ingest.Redaction;

/// <summary>What a request tells beside its texts: names of attributes, order in lists; and bodies made to do harm.</summary>
public sealed class RequestRedactorTests
{
    [Theory]
    [InlineData("http.request.header.authorization", """{"stringValue":"opaque"}""", "[redacted:by-name]")]
    [InlineData("http.request.header.cookie", """{"arrayValue":{"values":[{"stringValue":"a"},{"stringValue":"b"}]}}""", "[redacted:by-name]")]
    [InlineData("db.password", """{"kvlistValue":{"values":[{"key":"a","value":{"stringValue":"b"}}]}}""", "[redacted:by-name]")]
    [InlineData("openaiApiKey", """{"bytesValue":"AAEC"}""", "[redacted:by-name]")]
    [InlineData("env", """{"kvlistValue":{"values":[{"key":"GITHUB_TOKEN","value":{"stringValue":"opaque"}},{"key":"MODE","value":{"stringValue":"dev"}}]}}""", """{"GITHUB_TOKEN":"[redacted:by-name]","MODE":"dev"}""")]
    [InlineData("env", """{"arrayValue":{"values":[{"kvlistValue":{"values":[{"key":"value","value":{"stringValue":"opaque"}},{"key":"name","value":{"stringValue":"DB_PASSWORD"}}]}}]}}""", """[{"name":"DB_PASSWORD","value":"[redacted:by-name]"}]""")]
    [InlineData("env", """{"kvlistValue":{"values":[{"key":"name","value":{"stringValue":"MODE"}},{"key":"value","value":{"stringValue":"dev"}}]}}""", """{"name":"MODE","value":"dev"}""")]
    [InlineData("password", """{"intValue":"7"}""", "7")]
    [InlineData("password", """{"boolValue":true}""", "true")]
    [InlineData("password", """{"stringValue":""}""", "")]
    [InlineData("password", """{"stringValue":"[redacted:by-name]"}""", "[redacted:by-name]")]
    [InlineData("token_type", """{"stringValue":"input"}""", "input")]
    [InlineData("gen_ai.usage.input_tokens", """{"stringValue":"12345678"}""", "12345678")]
    [InlineData("max_tokens", """{"intValue":"4096"}""", "4096")]
    [InlineData("argv", """{"arrayValue":{"values":[{"stringValue":"mysql"},{"stringValue":"--password"},{"stringValue":"hunter22"},{"stringValue":"db"}]}}""", """["mysql","--password","[redacted:command-flag]","db"]""")]
    [InlineData("argv", """{"arrayValue":{"values":[{"stringValue":"curl"},{"stringValue":"-u"},{"stringValue":"bob:hunter2"},{"stringValue":"http://h/"}]}}""", """["curl","-u","bob:[redacted:command-flag]","http://h/"]""")]
    [InlineData("argv", """{"arrayValue":{"values":[{"stringValue":"-H"},{"stringValue":"Authorization: Bearer abcdefghij0123"},{"intValue":"7"}]}}""", """["-H","Authorization: Bearer [redacted:auth-header]",7]""")]
    [InlineData("argv", """{"arrayValue":{"values":[{"stringValue":"git"},{"stringValue":"push"},{"stringValue":"--token"},{"stringValue":"--verbose"}]}}""", """["git","push","--token","--verbose"]""")]
    public void Value_by_name_and_by_place(string key, string value, string expected)
    {
        Assert.Equal(expected, Attributes(OtlpClient.Protobuf(OtlpClient.Traces(Span(1, key, value))))[key]);
    }

    /// <summary>protobuf promises no order of fields.</summary>
    [Fact]
    public void Key_behind_its_value()
    {
        byte[] value = [.. Delimited(1, "opaque"u8)];
        byte[] pair = [.. Delimited(2, value), .. Delimited(1, "password"u8)];
        byte[] span = [.. Delimited(1, "0123456789abcdef"u8), .. Delimited(2, "01234567"u8), .. Delimited(9, pair), .. Delimited(9, pair)];
        Assert.Equal("[redacted:by-name]", Attributes([.. Delimited(1, Delimited(2, Delimited(2, span)))])["password"]);
    }

    /// <summary>The byte before a text is the end of its length on the wire, and may look like a letter.</summary>
    [Fact]
    public void Secret_at_the_start_of_a_text_of_any_length()
    {
        var token = SecretExample.Expand("ghp_{A36}");
        for (var length = 41; length < 300; length++)
        {
            var text = token.PadRight(length, ' ');
            Assert.StartsWith("[redacted:github-token] ", Attributes(OneSpan(text))["k"], StringComparison.Ordinal);
        }

        Assert.StartsWith("[redacted:github-token] ", Attributes(OneSpan(token.PadRight(65 * 128, ' ')))["k"], StringComparison.Ordinal);
    }

    /// <summary>Levels deeper than any record may have are refused with it later; here they must only do no harm.</summary>
    [Fact]
    public void Value_nested_ten_thousand_deep()
    {
        byte[] value = [.. Delimited(1, Encoding.ASCII.GetBytes(SecretExample.Expand("ghp_{A36}")))];
        for (var i = 0; i < 10_000; i++)
        {
            value = [.. Delimited(5, Delimited(1, value))];
        }

        byte[] pair = [.. Delimited(1, "k"u8), .. Delimited(2, value)];
        byte[] body = [.. Delimited(1, Delimited(2, Delimited(2, Delimited(9, pair))))];
        using var target = new PooledBuffer();
        using var redactor = new RequestRedactor(SecretList.Default);
        Assert.False(redactor.Redact(body, OtlpSchema.TraceRequest, target));
        var batch = DecodedRows.Decode("traces", body);
        Assert.Equal(1, batch.Rejected);
    }

    [Fact]
    public void Body_that_is_no_message_is_refused()
    {
        byte[] body = [0x0a, 0x7f, .. "ghp_ api_key= password="u8];
        using var target = new PooledBuffer();
        using var redactor = new RequestRedactor(SecretList.Default);
        Assert.Throws<OtlpFormatException>(() => redactor.Redact(body, OtlpSchema.TraceRequest, target));
    }

    /// <summary>A second pass finds nothing, and what is no secret is the same byte for byte.</summary>
    [Fact]
    public void All_secrets_of_the_corpus_in_one_request()
    {
        var texts = SecretCorpus.Secrets.Select(s => SecretExample.Expand(s).Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal)).ToList();
        var spans = texts.Select((text, i) => Span(i + 1, "k", Value(text)));
        var body = OtlpClient.Protobuf(OtlpClient.Traces(spans));
        using var once = new PooledBuffer();
        using var twice = new PooledBuffer();
        using var redactor = new RequestRedactor(SecretList.Default);
        Assert.True(redactor.Redact(body, OtlpSchema.TraceRequest, once));
        Assert.True(redactor.Count().Values.Sum() >= texts.Count);
        Assert.False(redactor.Redact(once.Written, OtlpSchema.TraceRequest, twice));
        Assert.Equal(texts.Count, DecodedRows.Decode("traces", once.Written).Spans.Count);
    }

    private static string Span(int id, string key, string value) => OtlpClient.Span(id)[..^1] + ",\"attributes\":[{\"key\":\"" + key + "\",\"value\":" + value + "}]}";

    private static byte[] OneSpan(string text) => OtlpClient.Protobuf(OtlpClient.Traces(Span(1, "k", Value(text))));

    private static string Value(string text) => JsonSerializer.Serialize(new { stringValue = text });

    private static byte[] Delimited(int field, ReadOnlySpan<byte> value)
    {
        using var target = new PooledBuffer();
        target.WriteVarint(((ulong)field << 3) | 2);
        target.WriteString(value);
        return target.Written.ToArray();
    }

    /// <summary>Attributes of the one span, after redaction.</summary>
    private static Dictionary<string, string> Attributes(byte[] body)
    {
        using var target = new PooledBuffer();
        using var redactor = new RequestRedactor(SecretList.Default);
        var clean = redactor.Redact(body, OtlpSchema.TraceRequest, target) ? target.Written.ToArray() : body;
        var rows = DecodedRows.Decode("traces", clean).Spans;
        var column = rows.Columns.OfType<MapColumn>().Single(c => c.Name == "SpanAttributes");
        return Texts(column.Parts[1].Buffer.Written).Zip(Texts(column.Parts[2].Buffer.Written)).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second);
    }

    private static List<string> Texts(ReadOnlySpan<byte> strings)
    {
        var texts = new List<string>();
        var reader = new BinaryReader(new MemoryStream(strings.ToArray()));
        while (reader.BaseStream.Position < strings.Length)
        {
            texts.Add(Encoding.UTF8.GetString(reader.ReadBytes(reader.Read7BitEncodedInt())));
        }

        return texts;
    }
}
