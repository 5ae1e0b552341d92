using AgentObs.Ingest.Forwarding;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>What is sent on again, and what is not.</summary>
public sealed class RepeatFilterTests
{
    private const string Log = """{"timeUnixNano":"1795000000000000000","body":{"stringValue":"BODY"}}""";

    [Fact]
    public void A_message_of_new_records_is_itself_and_comes_once()
    {
        foreach (var (signal, message) in new[] { ("traces", OtlpSchema.TraceRequest), ("logs", OtlpSchema.LogsRequest), ("metrics", OtlpSchema.MetricsRequest) })
        {
            var body = RecordedRequest.Of("claude-bash").First(request => request.Signal == signal).Body;
            var filter = new RepeatFilter(message);
            Assert.Same(body, filter.Filter(body));
            var records = DecodedRows.Decode(signal, body).Accepted;
            Assert.Equal((records, 0), (filter.Fresh, filter.Repeated));
            Assert.Empty(filter.Filter(body));
            Assert.Equal((0, records), (filter.Fresh, filter.Repeated));
        }
    }

    [Fact]
    public void Of_a_mixed_message_the_new_records_are_left_with_what_they_are_in()
    {
        foreach (var (signal, message) in new[] { ("traces", OtlpSchema.TraceRequest), ("logs", OtlpSchema.LogsRequest), ("metrics", OtlpSchema.MetricsRequest) })
        {
            var bodies = RecordedRequest.Of("claude-codex3").Where(request => request.Signal == signal).Select(request => request.Body).Take(4).ToList();
            var filter = new RepeatFilter(message);
            _ = filter.Filter(bodies[1]);
            Assert.Equal(new byte[][] { bodies[0], bodies[2], bodies[3] }.SelectMany(body => body), filter.Filter([.. bodies.SelectMany(body => body)]));
        }
    }

    [Fact]
    public async Task Records_beside_each_other_are_told_apart()
    {
        var filter = new RepeatFilter(OtlpSchema.TraceRequest);
        _ = filter.Filter(OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(2))));
        var kept = filter.Filter(OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(1), OtlpClient.Span(2), OtlpClient.Span(3), OtlpClient.Span(3))));
        Assert.Equal(await RowsAsync(OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(1), OtlpClient.Span(3)))), await RowsAsync(kept));

        // A sender that tells of a span again when it has ended.
        Assert.NotEmpty(filter.Filter(OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(1).Replace("1795000001", "1795000002", StringComparison.Ordinal)))));

        // Collectors add attributes: to the span, to its resource.
        Assert.Empty(filter.Filter(OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(1, "renamed")).Replace("service.name", "k8s.pod.name", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_log_record_is_another_in_another_resource_or_with_another_body()
    {
        var filter = new RepeatFilter(OtlpSchema.LogsRequest);
        Assert.NotEmpty(filter.Filter(Logs("a", "x")));
        Assert.NotEmpty(filter.Filter(Logs("b", "x")));
        Assert.NotEmpty(filter.Filter(Logs("a", "y")));
        Assert.Empty(filter.Filter(Logs("b", "x")));
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_the_newest()
    {
        var records = new ForwardedRecords();
        var random = new Random(1);
        var numbers = Enumerable.Range(0, 1_000_000).Select(_ => (ulong)random.NextInt64()).ToList();
        Assert.All(numbers, number => Assert.True(records.Add(number)));
        Assert.All(numbers[^100_000..], number => Assert.False(records.Add(number)));
        Assert.True(records.Add(0));
        Assert.False(records.Add(0));
    }

    private static async Task<IEnumerable<string>> RowsAsync(byte[] traces) => DecodedRows.Print((await DecodedRows.ReadAsync([DecodedRows.Decode("traces", traces)]))["otel_traces"]);

    private static byte[] Logs(string service, string body)
    {
        using var wire = new PooledBuffer();
        JsonTranscoder.Transcode(
            System.Text.Encoding.UTF8.GetBytes(
                """{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"SERVICE"}}]},"scopeLogs":[{"logRecords":[""".Replace("SERVICE", service, StringComparison.Ordinal)
                + Log.Replace("BODY", body, StringComparison.Ordinal) + "]}]}]}"),
            OtlpSchema.LogsRequest,
            wire);
        return wire.Written.ToArray();
    }
}
