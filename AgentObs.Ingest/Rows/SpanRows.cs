using AgentObs.Conventions;

namespace AgentObs.Ingest.Rows;

/// <summary>otel_traces.</summary>
internal sealed class SpanRows : TableRows
{
    public SpanRows()
        : base(TableNames.Traces)
    {
        Timestamp = AddTime("Timestamp");
        TraceId = AddString("TraceId");
        SpanId = AddString("SpanId");
        ParentSpanId = AddString("ParentSpanId");
        TraceState = AddString("TraceState");
        SpanName = AddString("SpanName");
        SpanKind = AddString("SpanKind");
        ServiceName = AddString("ServiceName");
        ResourceAttributes = AddMap("ResourceAttributes");
        ScopeName = AddString("ScopeName");
        ScopeVersion = AddString("ScopeVersion");
        SpanAttributes = AddMap("SpanAttributes");
        Duration = AddNumber("Duration", "UInt64");
        StatusCode = AddString("StatusCode");
        StatusMessage = AddString("StatusMessage");
        EventTimestamps = AddArray("Events.Timestamp", "DateTime64(9)");
        EventNames = AddArray("Events.Name", "String");
        EventAttributes = AddMapArray("Events.Attributes");
        LinkTraceIds = AddArray("Links.TraceId", "String");
        LinkSpanIds = AddArray("Links.SpanId", "String");
        LinkTraceStates = AddArray("Links.TraceState", "String");
        LinkAttributes = AddMapArray("Links.Attributes");
    }

    public NumberColumn Timestamp { get; }

    public StringColumn TraceId { get; }

    public StringColumn SpanId { get; }

    public StringColumn ParentSpanId { get; }

    public StringColumn TraceState { get; }

    public StringColumn SpanName { get; }

    public StringColumn SpanKind { get; }

    public StringColumn ServiceName { get; }

    public MapColumn ResourceAttributes { get; }

    public StringColumn ScopeName { get; }

    public StringColumn ScopeVersion { get; }

    public MapColumn SpanAttributes { get; }

    public NumberColumn Duration { get; }

    public StringColumn StatusCode { get; }

    public StringColumn StatusMessage { get; }

    public ArrayColumn EventTimestamps { get; }

    public ArrayColumn EventNames { get; }

    public MapArrayColumn EventAttributes { get; }

    public ArrayColumn LinkTraceIds { get; }

    public ArrayColumn LinkSpanIds { get; }

    public ArrayColumn LinkTraceStates { get; }

    public MapArrayColumn LinkAttributes { get; }
}
