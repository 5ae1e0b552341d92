using AgentObs.Conventions;

namespace AgentObs.Ingest.Rows;

/// <summary>otel_logs.</summary>
internal sealed class LogRows : TableRows
{
    public LogRows()
        : base(TableNames.Logs)
    {
        Timestamp = AddTime("Timestamp");
        TraceId = AddString("TraceId");
        SpanId = AddString("SpanId");
        TraceFlags = AddNumber("TraceFlags", "UInt8");
        SeverityText = AddString("SeverityText");
        SeverityNumber = AddNumber("SeverityNumber", "UInt8");
        ServiceName = AddString("ServiceName");
        Body = AddString("Body");
        ResourceSchemaUrl = AddString("ResourceSchemaUrl");
        ResourceAttributes = AddMap("ResourceAttributes");
        ScopeSchemaUrl = AddString("ScopeSchemaUrl");
        ScopeName = AddString("ScopeName");
        ScopeVersion = AddString("ScopeVersion");
        ScopeAttributes = AddMap("ScopeAttributes");
        LogAttributes = AddMap("LogAttributes");
        EventName = AddString("EventName");
    }

    public NumberColumn Timestamp { get; }

    public StringColumn TraceId { get; }

    public StringColumn SpanId { get; }

    public NumberColumn TraceFlags { get; }

    public StringColumn SeverityText { get; }

    public NumberColumn SeverityNumber { get; }

    public StringColumn ServiceName { get; }

    public StringColumn Body { get; }

    public StringColumn ResourceSchemaUrl { get; }

    public MapColumn ResourceAttributes { get; }

    public StringColumn ScopeSchemaUrl { get; }

    public StringColumn ScopeName { get; }

    public StringColumn ScopeVersion { get; }

    public MapColumn ScopeAttributes { get; }

    public MapColumn LogAttributes { get; }

    public StringColumn EventName { get; }
}
