namespace AgentObs.Storage.Protocol;

/// <summary>What a statement answered. It has begun without an error when this exists.</summary>
/// <param name="Format">The format of the body.</param>
/// <param name="Body">The result; disposing it unread ends the statement.</param>
/// <param name="RowsRead">Rows read from tables so far.</param>
/// <param name="RowsWritten">Rows written, those of insert-time views included.</param>
internal sealed record StatementReply(string Format, Stream Body, ulong RowsRead = 0, ulong RowsWritten = 0)
{
    /// <summary>The X-ClickHouse-Summary header; numbers are strings there.</summary>
    internal string Summary => $$"""{"read_rows":"{{RowsRead}}","written_rows":"{{RowsWritten}}","result_rows":"0"}""";
}
