namespace AgentObs.Ingest.Rows;

/// <summary>The columns that every otel_metrics_* table begins with.</summary>
internal abstract class MetricRows : TableRows
{
    protected MetricRows(string table)
        : base(table)
    {
        ResourceAttributes = AddMap("ResourceAttributes");
        ResourceSchemaUrl = AddString("ResourceSchemaUrl");
        ScopeName = AddString("ScopeName");
        ScopeVersion = AddString("ScopeVersion");
        ScopeAttributes = AddMap("ScopeAttributes");
        ScopeDroppedAttrCount = AddNumber("ScopeDroppedAttrCount", "UInt32");
        ScopeSchemaUrl = AddString("ScopeSchemaUrl");
        ServiceName = AddString("ServiceName");
        MetricName = AddString("MetricName");
        MetricDescription = AddString("MetricDescription");
        MetricUnit = AddString("MetricUnit");
        Attributes = AddMap("Attributes");
        StartTimeUnix = AddTime("StartTimeUnix");
        TimeUnix = AddTime("TimeUnix");
    }

    public MapColumn ResourceAttributes { get; }

    public StringColumn ResourceSchemaUrl { get; }

    public StringColumn ScopeName { get; }

    public StringColumn ScopeVersion { get; }

    public MapColumn ScopeAttributes { get; }

    public NumberColumn ScopeDroppedAttrCount { get; }

    public StringColumn ScopeSchemaUrl { get; }

    public StringColumn ServiceName { get; }

    public StringColumn MetricName { get; }

    public StringColumn MetricDescription { get; }

    public StringColumn MetricUnit { get; }

    public MapColumn Attributes { get; }

    public NumberColumn StartTimeUnix { get; }

    public NumberColumn TimeUnix { get; }

    protected ExemplarColumns AddExemplars() => new(
        AddMapArray("Exemplars.FilteredAttributes"), AddArray("Exemplars.TimeUnix", "DateTime64(9)"), AddArray("Exemplars.Value", "Float64"),
        AddArray("Exemplars.SpanId", "String"), AddArray("Exemplars.TraceId", "String"));
}
