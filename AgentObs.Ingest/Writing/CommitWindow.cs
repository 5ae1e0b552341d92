namespace AgentObs.Ingest.Writing;

/// <summary>Figures of the commits of one table. Safe for a writer and readers at once.</summary>
internal sealed class CommitWindow(string table, IngestMetrics metrics)
{
    private const int Kept = 256;

    private readonly Lock gate = new();
    private readonly Queue<(int Rows, TimeSpan Duration)> last = new(Kept);
    private long commits;
    private long failed;

    public void Add(int rows, TimeSpan duration, bool isCommitted)
    {
        metrics.Committed(table, rows, duration);
        lock (gate)
        {
            commits++;
            failed += isCommitted ? 0 : 1;
            if (last.Count == Kept)
            {
                last.Dequeue();
            }

            last.Enqueue((rows, duration));
        }
    }

    /// <summary>Null before the first commit.</summary>
    public CommitSummary? Summarize()
    {
        lock (gate)
        {
            if (commits == 0)
            {
                return null;
            }

            var durations = last.Select(c => c.Duration.TotalMilliseconds).Order().ToList();
            return new CommitSummary(
                table, commits, failed, Math.Round(last.Average(c => c.Rows), 1), Percentile(durations, 50), Percentile(durations, 95), ActiveParts: null);
        }
    }

    private static double Percentile(List<double> sorted, int percent) => Math.Round(sorted[(sorted.Count - 1) * percent / 100], 2);
}
