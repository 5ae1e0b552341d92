namespace AgentObs.Ingest.Rows;

/// <summary>
/// Rows of one table under construction, column by column. The constructor of each kind states its columns once, name and type;
/// INSERT's column list and the Native block are made from that. Column names and order are those of otelcol-contrib's clickhouse exporter.
/// </summary>
internal abstract class TableRows(string table)
{
    private readonly List<NativeColumn> columns = [];
    private string[]? columnNames;

    public string Table { get; } = table;

    public int Count { get; private set; }

    public IReadOnlyList<NativeColumn> Columns => columns;

    public IReadOnlyList<string> ColumnNames => columnNames ??= [.. columns.Select(c => c.Name)];

    /// <summary>Bytes of all columns.</summary>
    public long Bytes
    {
        get
        {
            var bytes = 0L;
            foreach (var column in columns)
            {
                foreach (var part in column.Parts)
                {
                    bytes += part.Buffer.Length;
                }
            }

            return bytes;
        }
    }

    /// <summary>Starts a row: what is written from here on can be taken back.</summary>
    public void Begin()
    {
        foreach (var column in columns)
        {
            foreach (var part in column.Parts)
            {
                part.Buffer.Mark();
            }
        }
    }

    /// <summary>The row is complete: every column has one more value.</summary>
    public void End() => Count++;

    /// <summary>Takes the row back from every column.</summary>
    public void TakeBack()
    {
        foreach (var column in columns)
        {
            foreach (var part in column.Parts)
            {
                part.Buffer.BackToMark();
            }
        }
    }

    public void Clear()
    {
        Count = 0;
        foreach (var column in columns)
        {
            foreach (var part in column.Parts)
            {
                part.Buffer.Clear();
            }
        }
    }

    protected T Add<T>(T column)
        where T : NativeColumn
    {
        columns.Add(column);
        return column;
    }

    protected StringColumn AddString(string name) => Add(new StringColumn(name));

    protected NumberColumn AddNumber(string name, string type) => Add(new NumberColumn(name, type));

    protected NumberColumn AddTime(string name) => AddNumber(name, "DateTime64(9)");

    protected MapColumn AddMap(string name) => Add(new MapColumn(name));

    protected ArrayColumn AddArray(string name, string element) => Add(new ArrayColumn(name, $"Array({element})"));

    protected MapArrayColumn AddMapArray(string name) => Add(new MapArrayColumn(name));
}
