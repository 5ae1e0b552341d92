using AgentObs.Ingest.Forwarding;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>OTLP protobuf to Native columns, on one thread.</summary>
internal static class DecodeBenchmark
{
    private const int Spans = 500_000;

    public static void Run()
    {
        var traffic = new RecordedTraffic(512);
        var bodies = Enumerable.Range(0, 40).Select(n => traffic.Request(n).Body).ToList();
        var decoder = new SpanDecoder();
        var batch = new RowBatch();
        for (var round = 0; round < 4; round++)
        {
            var allocated = GC.GetTotalAllocatedBytes();
            var measure = new Measure();
            var spans = 0L;
            long bytes = 0, rows = 0;
            for (var i = 0; spans < Spans; i++)
            {
                batch.Clear();
                decoder.Decode(bodies[i % bodies.Count], batch);
                spans += batch.Spans.Count;
                bytes += bodies[i % bodies.Count].Length;
                rows += batch.Bytes;
            }

            measure.Stop($"decode, {bytes / spans} to {rows / spans} B a span", spans);
            Console.WriteLine($"  allocated {(GC.GetTotalAllocatedBytes() - allocated) / (double)spans:F1} B a span");
        }

        Filter(traffic);
    }

    /// <summary>What the worker of forwarding does with each body before it sends it; no request waits for that.</summary>
    private static void Filter(RecordedTraffic traffic)
    {
        var next = 0;
        for (var round = 0; round < 3; round++)
        {
            var requests = traffic.Take(Spans / 5, ref next);
            var filter = new RepeatFilter(OtlpSchema.TraceRequest);
            var measure = new Measure();
            var fresh = requests.Sum(request => filter.Filter(request.Body) is { Length: > 0 } ? (long)filter.Fresh : 0);
            measure.Stop("forwarding: which spans were sent on", fresh);
        }
    }
}
