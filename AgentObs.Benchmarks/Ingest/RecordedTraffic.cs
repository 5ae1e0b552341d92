using AgentObs.Ingest.Wire;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>
/// Traces of a recorded run (Claude Code with three codex children: 1,719 spans) as requests of 512 spans. Every copy has other ids,
/// so that no insert is the twin of another.
/// </summary>
internal sealed class RecordedTraffic
{
    private const int SpansPerRequest = 512;

    private readonly List<byte[]> requests = [];

    public RecordedTraffic()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "recordings")))
        {
            folder = folder.Parent;
        }

        var files = Directory.GetFiles(Path.Combine(folder!.FullName, "recordings", "claude-codex3"), "*-traces-*.pb").Order(StringComparer.Ordinal);
        var pending = new List<byte[]>();
        var count = 0;
        foreach (var body in Enumerable.Repeat(files, 5).SelectMany(f => f).Select(File.ReadAllBytes))
        {
            pending.Add(body);
            count += CountSpans(body);
            if (count >= SpansPerRequest)
            {
                // Requests laid end to end are one request: their lists are joined.
                requests.Add([.. pending.SelectMany(b => b)]);
                pending.Clear();
                count = 0;
            }
        }
    }

    /// <summary>The n-th request, and its spans.</summary>
    public (byte[] Body, int Spans) Request(int n)
    {
        var body = (byte[])requests[n % requests.Count].Clone();
        var salt = (uint)n + 1;
        var spans = 0;
        foreach (var span in Spans(body))
        {
            spans++;
            var reader = new WireReader(body, span, OtlpSchema.Span);
            while (reader.Next())
            {
                if (reader.Field is 1 or 2 or 4)
                {
                    var id = reader.Slice();
                    for (var i = 0; i < Math.Min(4, id.Length); i++)
                    {
                        body[id.Start + i] ^= (byte)(salt >> (8 * i));
                    }
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return (body, spans);
    }

    private static int CountSpans(byte[] body) => Spans(body).Count;

    private static List<WireSlice> Spans(byte[] body)
    {
        List<WireSlice> level = [new WireSlice(0, body.Length)];
        foreach (var (message, field) in new[] { (OtlpSchema.TraceRequest, 1), (OtlpSchema.ResourceSpans, 2), (OtlpSchema.ScopeSpans, 2) })
        {
            var next = new List<WireSlice>();
            foreach (var slice in level)
            {
                var reader = new WireReader(body, slice, message);
                while (reader.Next())
                {
                    if (reader.Field == field)
                    {
                        next.Add(reader.Slice());
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }

            level = next;
        }

        return level;
    }
}
