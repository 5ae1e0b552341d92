using System.Text.Json;
using AgentObs.Ingest;
using AgentObs.Ingest.Redaction;
using AgentObs.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AgentObs.Tests.Ingest.Redaction;

/// <summary>Every example of the list, in every place where a sender may put a text, sent over HTTP and read back from the engine.</summary>
public sealed class RedactionPlacesTests(IngestHostFixture fixture) : IClassFixture<IngestHostFixture>
{
    private const string Time = "1795000000000000000";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly List<string> Examples =
        [.. SecretList.Default.Shapes.SelectMany(s => s.Match.Concat(s.Reject)).Select(SecretExample.Expand)];

    private readonly IngestHost host = fixture.Host;

    [Fact]
    public async Task Spans()
    {
        await SendAsync("traces", new
        {
            resourceSpans = Examples.Select((text, i) => new
            {
                resource = new { attributes = Attributes(text) },
                scopeSpans = new[]
                {
                    new
                    {
                        scope = new { name = text, version = text, attributes = Attributes(text) },
                        spans = new[]
                        {
                            new
                            {
                                traceId = $"{i + 1:x32}",
                                spanId = $"{i + 1:x16}",
                                traceState = text,
                                name = text,
                                startTimeUnixNano = Time,
                                endTimeUnixNano = Time,
                                attributes = Attributes(text),
                                events = new[] { new { timeUnixNano = Time, name = text, attributes = Attributes(text) } },
                                links = new[] { new { traceId = $"{1:x32}", spanId = $"{1:x16}", traceState = text, attributes = Attributes(text) } },
                                status = new { code = 2, message = text },
                            },
                        },
                    },
                },
            }),
        });

        await CheckAsync(
            $"""
            SELECT [TraceState, SpanName, StatusMessage, ScopeName, ScopeVersion, Events.Name[1], Links.TraceState[1],
                    {Columns("SpanAttributes")}, {Columns("ResourceAttributes")}, {Columns("Events.Attributes[1]")}, {Columns("Links.Attributes[1]")}]
            FROM otel_traces ORDER BY TraceId
            """,
            texts: 7, lists: 4);
    }

    [Fact]
    public async Task Log_records()
    {
        await SendAsync("logs", new
        {
            resourceLogs = Examples.Select((text, i) => new
            {
                resource = new { attributes = Attributes(text) },
                schemaUrl = text,
                scopeLogs = new[]
                {
                    new
                    {
                        scope = new { name = text, version = text, attributes = Attributes(text) },
                        schemaUrl = text,
                        logRecords = new[]
                        {
                            new { timeUnixNano = TimeOf(i), severityText = text, eventName = text, body = new { stringValue = text }, attributes = Attributes(text) },
                        },
                    },
                },
            }),
        });

        await CheckAsync(
            $"""
            SELECT [Body, SeverityText, EventName, ScopeName, ScopeVersion, ResourceSchemaUrl, ScopeSchemaUrl,
                    {Columns("LogAttributes")}, {Columns("ResourceAttributes")}, {Columns("ScopeAttributes")}]
            FROM otel_logs ORDER BY Timestamp
            """,
            texts: 7, lists: 3);
    }

    [Fact]
    public async Task Data_points()
    {
        await SendAsync("metrics", new
        {
            resourceMetrics = Examples.Select((text, i) => new
            {
                resource = new { attributes = Attributes(text) },
                scopeMetrics = new[]
                {
                    new
                    {
                        scope = new { name = text, version = text, attributes = Attributes(text) },
                        metrics = new[]
                        {
                            new
                            {
                                name = text,
                                description = text,
                                unit = text,
                                gauge = new
                                {
                                    dataPoints = new[]
                                    {
                                        new
                                        {
                                            timeUnixNano = TimeOf(i),
                                            asDouble = 1.5,
                                            attributes = Attributes(text),
                                            exemplars = new[] { new { timeUnixNano = Time, asDouble = 1.5, filteredAttributes = Attributes(text) } },
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            }),
        });

        await CheckAsync(
            $"""
            SELECT [MetricName, MetricDescription, MetricUnit, ScopeName, ScopeVersion,
                    {Columns("Attributes")}, {Columns("ResourceAttributes")}, {Columns("ScopeAttributes")}, {Columns("Exemplars.FilteredAttributes[1]")}]
            FROM otel_metrics_gauge ORDER BY TimeUnix
            """,
            texts: 5, lists: 4);
    }

    [Fact]
    public async Task What_was_taken_out_is_counted_by_kind()
    {
        var before = Summary();
        var body = OtlpClient.Traces(OtlpClient.Span(9_000_001, SecretExample.Expand("a ghp_{A36} b ghp_{A36}")));
        Assert.Equal(200, (await OtlpClient.JsonAsync(host.Http, "traces", body)).Status);
        await OtlpClient.GrpcAsync(host.Grpc, "traces", OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(9_000_002, SecretExample.Expand("hf_{A34}")))));
        var after = Summary();
        Assert.Equal(2, after.Kinds["github-token"] - before.Kinds.GetValueOrDefault("github-token"));
        Assert.Equal(1, after.Kinds["huggingface-token"] - before.Kinds.GetValueOrDefault("huggingface-token"));
        Assert.Equal(after.Total, after.Kinds.Values.Sum());
        await host.ExecuteAsync("DELETE FROM otel_traces WHERE TraceId IN ('00000000000000000000000000895441', '00000000000000000000000000895442')");

        RedactionSummary Summary() => host.Services.GetRequiredService<IngestCounters>()
            .Summarize(host.Services.GetRequiredService<AgentObs.Ingest.Writing.RowWriter>().SummarizeQueue(), [], 0).Redactions;
    }

    /// <summary>The collector runs the patterns with RE2; the engine's <c>match</c> is RE2 too.</summary>
    [Fact]
    public async Task RE2_reads_the_patterns_as_we_do()
    {
        foreach (var shape in SecretList.Default.Shapes.Append(SecretList.Default.BlockedKeys))
        {
            var found = await host.Store.QueryAsync(
                new SqlFile("re2", "SELECT arrayMap(text -> match(text, {pattern:String}), {texts:Array(String)})"),
                new Dictionary<string, object?> { ["pattern"] = shape.Pattern, ["texts"] = shape.Match.Concat(shape.Reject).Select(SecretExample.Expand).ToArray() },
                row => ((Array)row.GetValue(0)).Cast<object>().Select(Convert.ToInt32).ToList(),
                TestContext.Current.CancellationToken);
            Assert.True(
                found.Single().SequenceEqual([.. shape.Match.Select(_ => 1), .. shape.Reject.Select(_ => 0)]),
                $"{shape.Name}: {string.Join("", found.Single())} for {shape.Match.Count} secrets, then {shape.Reject.Count} look-alikes");
        }
    }

    private static string TimeOf(int example) => $"17950000000000{example:00000}";

    /// <summary>A text alone, in a list, in a map, and as a key.</summary>
    private static object[] Attributes(string text) =>
    [
        new { key = "text", value = (object)new { stringValue = text } },
        new { key = "list", value = (object)new { arrayValue = new { values = new object[] { new { intValue = "7" }, new { stringValue = text } } } } },
        new
        {
            key = "map",
            value = (object)new { kvlistValue = new { values = new[] { new { key = "note", value = new { arrayValue = new { values = new[] { new { stringValue = text } } } } } } } },
        },
        new { key = "zz " + text, value = (object)new { stringValue = "by key" } },
    ];

    private static string Columns(string map) => $"{map}['text'], {map}['list'], {map}['map'], arrayFirst(k -> k LIKE 'zz %', mapKeys({map}))";

    private async Task SendAsync(string signal, object request) =>
        Assert.Equal(200, (await OtlpClient.JsonAsync(host.Http, signal, JsonSerializer.Serialize(request))).Status);

    private async Task CheckAsync(string sql, int texts, int lists)
    {
        var rows = await host.Store.QueryAsync(new SqlFile("places", sql), null, row => (string[])row.GetValue(0), TestContext.Current.CancellationToken);
        Assert.Equal(Examples.Count, rows.Count);
        foreach (var (row, example) in rows.Zip(Examples))
        {
            var text = Redacted.Text(example);
            var json = Json(text);
            string[] attributes = [text, $"[7,{json}]", $$"""{"note":[{{json}}]}""", Redacted.Text("zz " + example)];
            Assert.Equal([.. Enumerable.Repeat(text, texts), .. Enumerable.Repeat(attributes, lists).SelectMany(a => a)], row);
        }
    }

    private static string Json(string text) => JsonSerializer.Serialize(text, Relaxed);
}
