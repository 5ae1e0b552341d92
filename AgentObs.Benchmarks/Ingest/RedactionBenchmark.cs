using System.Diagnostics;
using System.Text;
using AgentObs.Ingest.Redaction;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>What redaction costs beside decoding, on one thread: recorded traffic without secrets, then texts made to be slow.</summary>
internal static class RedactionBenchmark
{
    private const int Spans = 500_000;

    public static void Run()
    {
        var start = Stopwatch.GetTimestamp();
        var redactor = new RequestRedactor(SecretList.Default);
        Console.WriteLine($"list and filter made in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");

        var traffic = new RecordedTraffic(512);
        var bodies = Enumerable.Range(0, 40).Select(traffic.Request).ToList();
        Console.WriteLine($"{bodies.Sum(b => Candidates(b.Body)) / (double)bodies.Sum(b => b.Spans):F3} literals a span");
        var decoder = new SpanDecoder();
        var batch = new RowBatch();
        for (var round = 0; round < 3; round++)
        {
            Repeat("redact", bodies, body => Redact(redactor, body));
            Repeat("decode", bodies, body => Decode(decoder, batch, body));
            Repeat("redact and decode", bodies, body =>
            {
                Redact(redactor, body);
                Decode(decoder, batch, body);
            });
        }

        var recordings = RecordedTraffic.AllRecordings(1);
        for (var round = 0; round < 2; round++)
        {
            var measure = new Measure();
            recordings.ForEach(r => Redact(redactor, r.Body, MessageOf(r.Signal)));
            measure.Stop("redact, all recordings and signals", recordings.Sum(r => r.Spans));
        }

        foreach (var (name, unit) in new[]
        {
            ("plain prose", "the quick brown fox jumps over the lazy dog, again and again; "),
            ("escapes", """{\"a\":\"line\nline\t\u0041\"},"""),
            ("names without secrets", "password= token: secret = api_key=\"\" authorization: bearer basic "),
            ("addresses", "https://user@host.example/path?x=1 postgres://app:secret1@db/x "),
            ("secrets", "export A_TOKEN=abcdefghij0123456789 --password hunter22 curl -u me:pass1 http://x\n"),
            ("one long line of curl", "curl -u a:b "),
            ("open keys", "-----BEGIN PRIVATE KEY-----AAAA"),
            ("name upon name", "password=password=password"),
        })
        {
            foreach (var megabytes in new[] { 1, 4 })
            {
                var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, (megabytes << 20) / unit.Length)));
                using var body = new PooledBuffer();
                Wrap(text, body);
                var begin = Stopwatch.GetTimestamp();
                Redact(redactor, body.Written.ToArray(), OtlpSchema.LogsRequest);
                Console.WriteLine($"{name,-24} {megabytes} MiB: {Stopwatch.GetElapsedTime(begin).TotalMilliseconds,7:F0} ms, {redactor.Count().Values.Sum()} secrets");
            }
        }
    }

    /// <summary>A logs request whose one record has this body.</summary>
    private static void Wrap(ReadOnlySpan<byte> text, PooledBuffer target)
    {
        var inner = text.ToArray();
        foreach (var field in new[] { 1, 5, 2, 2, 1 })
        {
            using var level = new PooledBuffer();
            level.WriteVarint(((ulong)field << 3) | 2);
            level.WriteString(inner);
            inner = level.Written.ToArray();
        }

        target.Write(inner);
    }

    private static int Candidates(byte[] body)
    {
        var count = 0;
        for (var at = SecretList.Default.Filter.Next(body, 0, out _); at >= 0; at = SecretList.Default.Filter.Next(body, at + 1, out _))
        {
            count++;
        }

        return count;
    }

    private static void Redact(RequestRedactor redactor, byte[] body, OtlpMessage? message = null)
    {
        using var clean = new PooledBuffer();
        redactor.Redact(body, message ?? OtlpSchema.TraceRequest, clean);
    }

    private static void Decode(SpanDecoder decoder, RowBatch batch, byte[] body)
    {
        batch.Clear();
        decoder.Decode(body, batch);
    }

    private static OtlpMessage MessageOf(string signal) => signal switch
    {
        "trace" or "traces" => OtlpSchema.TraceRequest,
        "logs" => OtlpSchema.LogsRequest,
        _ => OtlpSchema.MetricsRequest,
    };

    private static void Repeat(string name, List<OtlpRequest> bodies, Action<byte[]> action)
    {
        var measure = new Measure();
        var spans = 0L;
        for (var i = 0; spans < Spans; i++)
        {
            action(bodies[i % bodies.Count].Body);
            spans += bodies[i % bodies.Count].Spans;
        }

        measure.Stop(name, spans);
    }
}
