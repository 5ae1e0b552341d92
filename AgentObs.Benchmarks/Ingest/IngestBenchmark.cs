using System.Diagnostics;
using System.Net.Http.Headers;
using AgentObs.Conventions;
using AgentObs.Ingest;
using AgentObs.Ingest.Rows;
using AgentObs.Storage;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>
/// In one run, on the same rows, all views and indices on, the clients on the same machine: (a) the engine's own limit, the same Native
/// blocks inserted as they are; (b) OTLP gRPC over loopback to committed rows; (c) OTLP HTTP.
/// </summary>
internal static class IngestBenchmark
{
    private const int InFlight = 8;
    private const int DirectRows = 10_000;

    private static readonly Marshaller<byte[]> Raw = new(bytes => bytes, bytes => bytes);

    private static readonly Method<byte[], byte[]> Export =
        new(MethodType.Unary, "opentelemetry.proto.collector.trace.v1.TraceService", "Export", Raw, Raw);

    public static async Task RunAsync(int spans)
    {
        var folder = Directory.CreateTempSubdirectory("agentobs-bench").FullName;
        var traffic = new RecordedTraffic();
        var next = 0;
        try
        {
            await using var app = await StartAsync(folder);
            var store = app.Services.GetRequiredService<ClickHouseStore>();
            var endpoints = app.Services.GetRequiredService<OtlpEndpoints>();
            await DirectAsync(store, Take(traffic, DirectRows, ref next), print: false);
            await DirectAsync(store, Take(traffic, spans, ref next), print: true);
            foreach (var clients in new[] { 1, 4, 16 })
            {
                await ClientsAsync($"(b) gRPC, {clients} clients x {InFlight}", Take(traffic, spans, ref next), clients, () => GrpcSender(endpoints.Grpc));
            }

            await ClientsAsync($"(c) HTTP, 16 clients x {InFlight}", Take(traffic, spans, ref next), 16, () => HttpSender(endpoints.Http));
            await ClientsAsync("(b) gRPC, 1 client x 1", Take(traffic, spans / 20, ref next), 1, () => GrpcSender(endpoints.Grpc), 1);
            var parts = await store.QueryAsync(
                new SqlFile("parts", "SELECT count(), sum(rows) FROM system.parts WHERE active AND table = 'otel_traces' AND database = currentDatabase()"),
                null, row => (row.GetValue(0), row.GetValue(1)), CancellationToken.None);
            Console.WriteLine($"otel_traces: {parts[0].Item1} active parts, {parts[0].Item2} rows");
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static List<(byte[] Body, int Spans)> Take(RecordedTraffic traffic, int spans, ref int next)
    {
        var taken = new List<(byte[] Body, int Spans)>();
        for (var count = 0; count < spans; count += taken[^1].Spans)
        {
            taken.Add(traffic.Request(next++));
        }

        return taken;
    }

    private static async Task<WebApplication> StartAsync(string folder)
    {
        var options = IngestOptions.From(name => name.StartsWith("AGENTOBS_OTLP", StringComparison.Ordinal) ? "http://127.0.0.1:0" : null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddAgentObsStorage(new StorageOptions
        {
            DataFolder = folder,
            EngineLibrary = Setting.EngineLibrary.Read(Environment.GetEnvironmentVariable),
            FsyncInserts = Setting.Fsync.Read(Environment.GetEnvironmentVariable) == "1",
        });
        builder.Services.AddAgentObsIngest(options);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenOtlp(options));
        var app = builder.Build();
        app.MapAgentObsIngest();
        await app.StartAsync();
        return app;
    }

    private static async Task DirectAsync(ClickHouseStore store, List<(byte[] Body, int Spans)> requests, bool print)
    {
        var decoder = new SpanDecoder();
        var blocks = new List<(byte[] Block, IReadOnlyList<string> Columns)>();
        for (var i = 0; i < requests.Count;)
        {
            var group = new List<TableRows>();
            for (var rows = 0; rows < DirectRows && i < requests.Count; i++)
            {
                var batch = new RowBatch();
                decoder.Decode(requests[i].Body, batch);
                group.Add(batch.Spans);
                rows += batch.Spans.Count;
            }

            using var block = new MemoryStream();
            await NativeBlock.WriteAsync(group, block, CancellationToken.None);
            blocks.Add((block.ToArray(), group[0].ColumnNames));
        }

        var measure = new Measure();
        foreach (var (block, columns) in blocks)
        {
            await store.InsertNativeAsync(TableNames.Traces, columns, (stream, cancellation) => stream.WriteAsync(block, cancellation).AsTask(), CancellationToken.None);
        }

        if (print)
        {
            measure.Print($"(a) Native blocks of {DirectRows}", requests.Sum(r => (long)r.Spans));
        }
    }

    private static async Task ClientsAsync(
        string name, List<(byte[] Body, int Spans)> requests, int clients, Func<Func<byte[], Task>> connect, int inFlight = InFlight)
    {
        var next = -1;
        var latencies = new List<TimeSpan>();
        var measure = new Measure();
        await Task.WhenAll(Enumerable.Range(0, clients).SelectMany(_ =>
        {
            var send = connect();
            return Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
            {
                for (var i = Interlocked.Increment(ref next); i < requests.Count; i = Interlocked.Increment(ref next))
                {
                    var start = Stopwatch.GetTimestamp();
                    await send(requests[i].Body);
                    lock (latencies)
                    {
                        latencies.Add(Stopwatch.GetElapsedTime(start));
                    }
                }
            }));
        }));
        measure.Print(name, requests.Sum(r => (long)r.Spans), latencies);
    }

    private static Func<byte[], Task> GrpcSender(Uri url)
    {
        var invoker = GrpcChannel.ForAddress(url).CreateCallInvoker();
        return async body => await invoker.AsyncUnaryCall(Export, null, default, body);
    }

    private static Func<byte[], Task> HttpSender(Uri url)
    {
        var client = new HttpClient();
        return async body =>
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            using var response = await client.PostAsync(new Uri(url, "/v1/traces"), content);
            response.EnsureSuccessStatusCode();
        };
    }
}
