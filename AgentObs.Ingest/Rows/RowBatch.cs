using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>The rows that one request becomes, and what had to be refused of it. Reused by way of <see cref="RowBatchPool"/>.</summary>
internal sealed class RowBatch
{
    /// <summary>
    /// Rows of one request, at most. A resource is repeated in each of its rows, so a body of 16 MiB could otherwise become terabytes;
    /// the agents' bodies grow 1.5 to 3 times.
    /// </summary>
    public const long MaxBytes = 128L * 1024 * 1024;

    private readonly TableRows[] tables;
    private long charged;

    public RowBatch() => tables = [Spans, Logs, Gauges, Sums, Histograms, Exponentials, Summaries];

    public SpanRows Spans { get; } = new();

    public LogRows Logs { get; } = new();

    public NumberRows Gauges { get; } = NumberRows.Gauge();

    public NumberRows Sums { get; } = NumberRows.Sum();

    public HistogramRows Histograms { get; } = new();

    public ExponentialRows Exponentials { get; } = new();

    public SummaryRows Summaries { get; } = new();

    /// <summary>Every table, in a fixed order, whether it has rows or not.</summary>
    public IReadOnlyList<TableRows> Tables => tables;

    /// <summary>Records that cannot be stored.</summary>
    public int Rejected { get; private set; }

    /// <summary>What was wrong with the first of them, or a warning without any; empty when all is well.</summary>
    public string Problem { get; private set; } = "";

    public int Accepted
    {
        get
        {
            var count = 0;
            foreach (var rows in tables)
            {
                count += rows.Count;
            }

            return count;
        }
    }

    public long Bytes
    {
        get
        {
            var bytes = 0L;
            foreach (var rows in tables)
            {
                bytes += rows.Count == 0 ? 0 : rows.Bytes;
            }

            return bytes;
        }
    }

    public void Reject(string problem)
    {
        Rejected++;
        Warn(problem);
    }

    public void Warn(string problem)
    {
        if (Problem.Length == 0)
        {
            Problem = problem;
        }
    }

    /// <summary>Counts a row before it is written, so that the limit holds before the memory is taken.</summary>
    public void Charge(long bytes)
    {
        charged += bytes;
        if (charged > MaxBytes)
        {
            throw new OtlpTooLargeException($"the request's rows are over {MaxBytes} bytes: its resource or scope attributes are repeated in each row; send fewer records a request");
        }
    }

    public void Clear()
    {
        foreach (var rows in tables)
        {
            rows.Clear();
        }

        charged = 0;
        Rejected = 0;
        Problem = "";
    }
}
