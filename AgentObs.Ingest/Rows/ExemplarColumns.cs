namespace AgentObs.Ingest.Rows;

/// <summary>The Exemplars Nested columns.</summary>
internal sealed record ExemplarColumns(
    MapArrayColumn FilteredAttributes, ArrayColumn TimeUnix, ArrayColumn Value, ArrayColumn SpanId, ArrayColumn TraceId)
{
    public void Close(int count)
    {
        FilteredAttributes.Close(count);
        TimeUnix.Close(count);
        Value.Close(count);
        SpanId.Close(count);
        TraceId.Close(count);
    }
}
