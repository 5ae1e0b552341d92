using AgentObs.Ingest.Wire;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>Requests made of the recordings; every copy of a recording has other ids, so that no insert is the twin of another.</summary>
internal sealed class RecordedTraffic
{
    /// <summary>Copies laid end to end before they are cut into requests, so that the requests are not all cut alike.</summary>
    private const int CopiesPerCycle = 5;

    /// <summary>Longer than the recording, 3.9 s.</summary>
    private const ulong PromptNano = 10_000_000_000;

    /// <summary>Of <c>claude-codex3</c>.</summary>
    internal const string OneSessionId = "461f7405-83be-441b-b8e3-8a10cea06a59";

    private static readonly (string Signal, string FileMark, OtlpMessage Message)[] Signals =
        [("trace", "-traces-", OtlpSchema.TraceRequest), ("logs", "-logs-", OtlpSchema.LogsRequest), ("metrics", "-metrics-", OtlpSchema.MetricsRequest)];

    private readonly List<List<(SaltedBody Body, uint Copy)>> requests = [];

    /// <summary>Traces of Claude Code with three codex children (<c>claude-codex3</c>, 1,719 spans a copy).</summary>
    /// <param name="spansPerRequest">A request has at least so many; bodies are not cut.</param>
    public RecordedTraffic(int spansPerRequest)
    {
        var bodies = Bodies(Path.Combine(Recordings(), "claude-codex3")).Where(b => b.Signal == "trace").Select(b => b.Body).ToList();
        var pending = new List<(SaltedBody, uint)>();
        for (uint copy = 0; copy < CopiesPerCycle; copy++)
        {
            foreach (var body in bodies)
            {
                pending.Add((body, copy));
                if (pending.Sum(part => part.Item1.Spans) >= spansPerRequest)
                {
                    requests.Add(pending);
                    pending = [];
                }
            }
        }
    }

    /// <summary>The n-th request. Bodies laid end to end are one message: their lists are joined.</summary>
    public OtlpRequest Request(int n)
    {
        var parts = requests[n % requests.Count];
        var cycle = (uint)(n / requests.Count);
        return new OtlpRequest(
            "trace",
            [.. parts.SelectMany(part => part.Body.Copy((cycle * CopiesPerCycle) + part.Copy + 1))],
            parts.Sum(part => part.Body.Spans));
    }

    /// <summary>The next requests with at least <paramref name="spans"/> spans together.</summary>
    public List<OtlpRequest> Take(int spans, ref int next)
    {
        var taken = new List<OtlpRequest>();
        for (var count = 0; count < spans; count += taken[^1].Spans)
        {
            taken.Add(Request(next++));
        }

        return taken;
    }

    /// <summary>Every protobuf request of every recording (spans, log records, points), as it was sent, in so many copies.</summary>
    public static List<OtlpRequest> AllRecordings(int copies)
    {
        var bodies = Directory.GetDirectories(Recordings()).Order(StringComparer.Ordinal).SelectMany(Bodies).ToList();
        return [.. Enumerable.Range(1, copies).SelectMany(copy => bodies.Select(b => new OtlpRequest(b.Signal, b.Body.Copy((uint)copy), b.Body.Spans)))];
    }

    /// <summary>
    /// One session of so many prompts, each with three codex runs (<c>claude-codex3</c>, its spans and log records): all have the recorded
    /// session's id, and each begins when the one before has ended.
    /// </summary>
    public static List<OtlpRequest> OneSession(int prompts)
    {
        var bodies = Bodies(Path.Combine(Recordings(), "claude-codex3"), OneSessionId).Where(b => b.Signal != "metrics").ToList();
        return [.. Enumerable.Range(0, prompts).SelectMany(
            prompt => bodies.Select(b => new OtlpRequest(b.Signal, b.Body.Copy((uint)prompt, (ulong)prompt * PromptNano), b.Body.Spans)))];
    }

    private static IEnumerable<(string Signal, SaltedBody Body)> Bodies(string folder) => Bodies(folder, "");

    private static IEnumerable<(string Signal, SaltedBody Body)> Bodies(string folder, string keptUuid) =>
        from file in Directory.GetFiles(folder, "*.pb").Order(StringComparer.Ordinal)
        let signal = Signals.Single(s => Path.GetFileName(file).Contains(s.FileMark, StringComparison.Ordinal))
        select (signal.Signal, new SaltedBody(File.ReadAllBytes(file), signal.Message, keptUuid));

    private static string Recordings()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "recordings")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "recordings");
    }
}
