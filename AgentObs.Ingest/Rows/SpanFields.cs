using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Where the single fields of a Span stand; its lists go to the decoder's own.</summary>
internal struct SpanFields
{
    public WireSlice TraceId;
    public WireSlice SpanId;
    public WireSlice ParentSpanId;
    public WireSlice TraceState;
    public WireSlice Name;
    public WireSlice StatusMessage;
    public int Kind;
    public int StatusCode;
    public ulong Start;
    public ulong End;
}
