using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>The rows that one request becomes, and what had to be refused of it. Reused by way of <see cref="RowBatchPool"/>.</summary>
internal sealed class RowBatch
{
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

    /// <summary>What was wrong with them, and warnings.</summary>
    public ProblemList Problems { get; } = new();

    /// <inheritdoc cref="ProblemList.Text"/>
    public string Problem => Problems.Text;

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

    public void Reject(RecordProblem problem)
    {
        Rejected++;
        Problems.Add(problem);
    }

    public void Warn(string problem) => Problems.Add(new RecordProblem(problem));

    /// <summary>Counts a row before it is written, so that the limit holds before the memory is taken.</summary>
    public void Charge(long bytes)
    {
        charged += bytes;
        if (charged > IngestLimits.RowBytes)
        {
            throw new OtlpTooLargeException(nameof(IngestLimits.RowBytes), $"the request's rows are over {IngestLimits.RowBytes} bytes: its resource or scope attributes are repeated in each row; send fewer records a request");
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
        Problems.Clear();
    }
}
