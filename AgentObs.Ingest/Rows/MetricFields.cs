using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>What every data point of one metric repeats.</summary>
internal struct MetricFields
{
    public WireSlice Name;
    public WireSlice Description;
    public WireSlice Unit;

    /// <summary>Field number of the kind that is set: 5 gauge, 7 sum, 9 histogram, 10 exponential histogram, 11 summary; 0 none.</summary>
    public int Kind;

    /// <summary>The message of that kind.</summary>
    public WireSlice Data;
    public int Temporality;
    public bool IsMonotonic;
}
