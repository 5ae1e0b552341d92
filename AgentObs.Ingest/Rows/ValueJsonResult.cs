namespace AgentObs.Ingest.Rows;

internal enum ValueJsonResult
{
    Written,

    /// <summary>It holds a NaN or an infinity, which JSON has no word for: the exporter stores the empty string for the whole value.</summary>
    NotJson,

    /// <summary>Over <see cref="IngestLimits"/>.</summary>
    OverLimits,
}
