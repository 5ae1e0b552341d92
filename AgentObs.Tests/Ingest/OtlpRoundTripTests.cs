using System.IO.Compression;
using System.Text;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Ingest;

/// <summary>From the wire into the engine and out again.</summary>
public sealed class OtlpRoundTripTests(IngestHostFixture fixture) : IClassFixture<IngestHostFixture>
{
    private static readonly string[] Signals = ["traces", "logs", "metrics"];

    private readonly IngestHost host = fixture.Host;

    /// <summary>Every value type, odd enums and times: what the engine holds is what the stock collector's insert says.</summary>
    [Fact]
    public async Task Rows_read_back_equal_the_stock_exporters()
    {
        foreach (var (isGrpc, url) in new[] { (true, host.Grpc), (true, host.Http), (false, host.Http), (false, host.Grpc) })
        {
            foreach (var signal in Signals)
            {
                await SendAsync(isGrpc, url, signal, File.ReadAllBytes(Path.Combine(RepositoryFiles.Collector, $"edge-input-{signal}.pb")));
            }

            var exporter = ExporterParityTests.ExporterRows("edge");
            Assert.Equal(1, ExporterParityTests.RemoveSpansWithoutIds(exporter));
            foreach (var (table, expected) in exporter)
            {
                Assert.Equal(DecodedRows.Print(expected), DecodedRows.Print(await host.ReadAsync($"{table} WHERE ServiceName = 'edge'", expected[0].Keys)));

                // The next transport brings the same block, which the table would remember.
                await host.ExecuteAsync($"TRUNCATE TABLE {table}");
                await host.Store.ForgetInsertsAsync([table], TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>A clock beyond 2262 has neither its session nor the rest of its request lost.</summary>
    [Fact]
    public async Task Times_that_no_column_holds_are_the_last_that_one_does()
    {
        const string trace = "0af7651916cd43dd8448eb211c8031ff";
        (ulong Start, ulong End)[] times =
            [(1, 2), (ulong.MaxValue - 9, ulong.MaxValue), (long.MaxValue - 10, (ulong)long.MaxValue + 90), (long.MaxValue, 0), (1_795_000_000_000_000_000, ulong.MaxValue)];
        var spans = string.Join(',', times.Select((time, i) =>
            $$"""{"traceId":"{{trace}}","spanId":"b7ad6b716920333{{i}}","name":"n","startTimeUnixNano":"{{time.Start}}","endTimeUnixNano":"{{time.End}}","events":[{"timeUnixNano":"{{ulong.MaxValue}}"}]}"""));
        var (status, answer, _) = await OtlpClient.JsonAsync(host.Http, "traces", $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{spans}}]}]}]}""");
        Assert.Equal((200, "{}"), (status, Encoding.UTF8.GetString(answer)));
        var rows = await host.ReadAsync($"otel_traces WHERE TraceId = '{trace}' ORDER BY SpanId", ["Timestamp", "Duration"]);
        const long last = long.MaxValue - 1;
        Assert.Equal(["1", $"{last}", $"{last - 9}", $"{last}", "1795000000000000000"], rows.Select(row => row["Timestamp"]));
        Assert.Equal(["1", "0", "9", $"{unchecked((ulong)-last)}", $"{last - 1_795_000_000_000_000_000}"], rows.Select(row => row["Duration"]));
        var bounds = Assert.Single(await host.ReadAsync($"(SELECT CAST(min(t.Start), 'DateTime64(9)') AS Start, CAST(max(t.End), 'DateTime64(9)') AS End FROM agentobs_traces AS t WHERE TraceId = '{trace}')", ["Start", "End"]));
        Assert.Equal(("1", $"{last}"), (bounds["Start"], bounds["End"]));
    }

    [Fact]
    public async Task Json_is_read_back_field_by_field()
    {
        const string json = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"json"}}]},
             "scopeSpans":[{"scope":{"name":"sc","version":"1"},"spans":[{
               "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","parentSpanId":"00f067aa0ba902b7","traceState":"k=v","name":"op","kind":"SPAN_KIND_SERVER",
               "startTimeUnixNano":"1795000000123456789","endTimeUnixNano":"1795000000123456799","status":{"code":2,"message":"broken"},
               "attributes":[{"key":"z","value":{"intValue":"7"}},{"key":"a","value":{"doubleValue":1.5}}],
               "events":[{"timeUnixNano":"1795000000123456790","name":"ev","attributes":[{"key":"k","value":{"boolValue":true}}]}],
               "links":[{"traceId":"0af7651916cd43dd8448eb211c80319d","spanId":"b7ad6b7169203332","traceState":"l"}]}]}]}]}
            """;
        var (status, answer, response) = await OtlpClient.JsonAsync(host.Http, "traces", json);
        Assert.Equal((200, "{}"), (status, Encoding.UTF8.GetString(answer)));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);

        var row = Assert.Single(await host.ReadAsync("otel_traces WHERE ServiceName = 'json'", (await DecodedRows.ReadAsync([DecodedRows.Decode("traces", Encoding.UTF8.GetBytes(json), true)]))["otel_traces"][0].Keys));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Timestamp"] = "1795000000123456789",
                ["TraceId"] = "0af7651916cd43dd8448eb211c80319c",
                ["SpanId"] = "b7ad6b7169203331",
                ["ParentSpanId"] = "00f067aa0ba902b7",
                ["TraceState"] = "k=v",
                ["SpanName"] = "op",
                ["SpanKind"] = "Server",
                ["ServiceName"] = "json",
                ["ResourceAttributes"] = "{service.name=json}",
                ["ScopeName"] = "sc",
                ["ScopeVersion"] = "1",
                ["SpanAttributes"] = "{a=1.5; z=7}",
                ["Duration"] = "10",
                ["StatusCode"] = "Error",
                ["StatusMessage"] = "broken",
                ["Events.Timestamp"] = "[1795000000123456790]",
                ["Events.Name"] = "[ev]",
                ["Events.Attributes"] = "[{k=true}]",
                ["Links.TraceId"] = "[0af7651916cd43dd8448eb211c80319d]",
                ["Links.SpanId"] = "[b7ad6b7169203332]",
                ["Links.TraceState"] = "[l]",
                ["Links.Attributes"] = "[{}]",
            },
            row);
    }

    [Fact]
    public async Task Compressed_and_empty_bodies()
    {
        await OtlpClient.GrpcAsync(host.Grpc, "traces", Body(1), gzip: true);
        Assert.Equal(200, (await OtlpClient.HttpAsync(host.Http, "traces", OtlpClient.Gzip(Body(2)), encoding: "gzip")).Status);
        Assert.Equal(200, (await OtlpClient.HttpAsync(host.Http, "traces", OtlpClient.Compress(Body(3), s => new ZLibStream(s, CompressionLevel.Fastest)), encoding: "deflate")).Status);
        Assert.Equal(200, (await OtlpClient.HttpAsync(host.Http, "traces", Body(4), encoding: "identity")).Status);
        Assert.Equal(4UL, await host.CountAsync("otel_traces WHERE SpanName = 'compressed'"));

        Assert.Empty(await OtlpClient.GrpcAsync(host.Grpc, "logs", []));
        Assert.Equal(200, (await OtlpClient.HttpAsync(host.Http, "metrics", [])).Status);
        Assert.Equal(200, (await OtlpClient.JsonAsync(host.Http, "logs", "{}")).Status);

        static byte[] Body(int id) => OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(id, "compressed")));
    }

    [Fact]
    public async Task Many_clients_at_once_lose_nothing_and_make_few_parts()
    {
        const int clients = 12;
        const int requests = 10;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async c =>
        {
            for (var r = 0; r < requests; r++)
            {
                var first = ((c * requests) + r) * 20;
                var json = OtlpClient.Traces(Enumerable.Range(first + 1, 20).Select(i => OtlpClient.Span(i)));
                if (c % 2 == 0)
                {
                    await OtlpClient.GrpcAsync(host.Grpc, "traces", OtlpClient.Protobuf(json));
                }
                else
                {
                    Assert.Equal(200, (await OtlpClient.JsonAsync(host.Http, "traces", json)).Status);
                }
            }
        }));

        Assert.Equal((ulong)(clients * requests * 20), await host.CountAsync("(SELECT DISTINCT TraceId, SpanId FROM otel_traces WHERE SpanName = 'span')"));
    }

    /// <summary>A sender that writes the HTTP/2 preface byte by byte is still spoken to in HTTP/2.</summary>
    [Fact]
    public async Task First_bytes_may_come_one_by_one()
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(host.Http.Host, host.Http.Port, TestContext.Current.CancellationToken);
        client.NoDelay = true;
        var stream = client.GetStream();
        foreach (var b in Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        {
            await stream.WriteAsync(new[] { b }, TestContext.Current.CancellationToken);
        }

        // An empty SETTINGS frame; the server's own begins with length and type 4.
        await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, TestContext.Current.CancellationToken);
        var frame = new byte[9];
        await stream.ReadExactlyAsync(frame, TestContext.Current.CancellationToken);
        Assert.Equal(4, frame[3]);
    }

    private static async Task SendAsync(bool isGrpc, Uri url, string signal, byte[] body)
    {
        if (isGrpc)
        {
            AssertStored(signal, await OtlpClient.GrpcAsync(url, signal, body));
            return;
        }

        var (status, answer, response) = await OtlpClient.HttpAsync(url, signal, body);
        Assert.Equal(200, status);
        AssertStored(signal, answer);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>All of it, but for the one span of the edge cases that has no ids.</summary>
    private static void AssertStored(string signal, byte[] answer) =>
        Assert.Equal(signal == "traces" ? "Span.trace_id: absent or zero" : "", Encoding.UTF8.GetString(answer.AsSpan(Math.Min(answer.Length, 6))));
}
