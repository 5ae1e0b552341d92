namespace AgentObs.Ingest.Rows;

/// <summary>Why a record cannot be stored.</summary>
/// <param name="Text">Names field and bound: <c>Span.attributes: more than 10000</c>.</param>
/// <param name="Limit">Name of the limit in <see cref="IngestLimits"/>; empty where none is at fault.</param>
internal sealed record RecordProblem(string Text, string Limit = "")
{
    /// <summary>The same, of that field.</summary>
    public RecordProblem In(string field) => this with { Text = $"{field}: {Text}" };
}
