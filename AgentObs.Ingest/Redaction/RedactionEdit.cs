namespace AgentObs.Ingest.Redaction;

/// <summary>A length-delimited value of a body that another one takes the place of.</summary>
/// <param name="Start">Of the value in the body.</param>
/// <param name="Length">Of the value in the body.</param>
/// <param name="NewStart">Of the new value in the scratch buffer.</param>
/// <param name="NewLength">Of the new value.</param>
internal readonly record struct RedactionEdit(int Start, int Length, int NewStart, int NewLength);
